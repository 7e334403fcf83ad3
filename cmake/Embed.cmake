# embed(TARGET FILE NAME): FILE becomes `extern const std::string_view NAME;` of namespace `embedded`,
# so that the program needs no data file to start.
function(embed target file name)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
  set(template ${CMAKE_SOURCE_DIR}/cmake/embedded.cpp.in)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} CONTENT)
  set(NAME ${name})
  configure_file(${template} ${out} @ONLY)
  target_sources(${target} PRIVATE ${out})
endfunction()
