# Where everything belongs on a machine; the capture module lies beside the program's own libraries.
install(TARGETS unitrail RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS unitrail_capture LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/unitrail)
install(FILES packaging/unitrail.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES assets/unitrail.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES packaging/unitrail.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES README.md CHANGELOG.md assets/unitrail.toml DESTINATION ${CMAKE_INSTALL_DOCDIR})
