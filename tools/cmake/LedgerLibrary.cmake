# ledger_library(name SOURCES ... PUBLIC ... PRIVATE ...)
# A static library of one folder with the alias ledger::name.
function(ledger_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(ledger_${name} STATIC ${arg_SOURCES})
    add_library(ledger::${name} ALIAS ledger_${name})
    target_link_libraries(ledger_${name} PUBLIC ${arg_PUBLIC} PRIVATE ledger_flags ${arg_PRIVATE})
    target_include_directories(ledger_${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()
