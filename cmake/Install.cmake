# Where everything belongs on a machine; the capture module lies beside the program's own libraries.
install(TARGETS unitrail RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS unitrail_capture LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/unitrail)
