# How every file of ours is compiled.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(THREADS_PREFER_PTHREAD_FLAG ON)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(unitrail_flags INTERFACE)
target_include_directories(unitrail_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
target_compile_definitions(unitrail_flags INTERFACE UNITRAIL_VERSION="${PROJECT_VERSION}")
target_compile_options(unitrail_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  $<$<BOOL:${UNITRAIL_WARNINGS_AS_ERRORS}>:-Werror>)

if(UNITRAIL_SANITIZE)
  target_compile_options(unitrail_flags INTERFACE
    -fsanitize=${UNITRAIL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    # With sanitizers, g++ 12 warns of this falsely inside the standard library's <regex>.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(unitrail_flags INTERFACE -fsanitize=${UNITRAIL_SANITIZE})
endif()

if(UNITRAIL_CLANG_TIDY)
  find_program(CLANG_TIDY NAMES clang-tidy REQUIRED)
  set(CMAKE_CXX_CLANG_TIDY ${CLANG_TIDY} --quiet)
endif()
