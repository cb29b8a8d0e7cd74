# Most of the time a file of ours takes to compile goes into headers that are not ours or generated. The presets read them
# once, and several files of a library at a time (CMAKE_UNITY_BUILD). clang-tidy does neither, so a missing #include shows
# there.
option(LEDGER_PRECOMPILED "Read the headers that most files share once" OFF)

set(LEDGER_SHARED_HEADERS
    <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map> <memory> <optional> <span> <string> <string_view>
    <unordered_map> <variant> <vector> <command_generated.h> <record_generated.h> <state_generated.h>
    <visit_generated.h>)

# ledger_precompiled(name HEADERS ... LIBRARIES ...): a set of headers for ledger_use_precompiled.
function(ledger_precompiled name)
    cmake_parse_arguments(arg "" "" "HEADERS;LIBRARIES" ${ARGN})
    if(NOT LEDGER_PRECOMPILED)
        return()
    endif()
    file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc CONTENT "// Nothing but its headers.\n")
    add_library(${name} STATIC ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc)
    if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
        # ccache gives back the set of an earlier build; clang would find its headers newer than that.
        target_compile_options(${name} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
    endif()
    target_link_libraries(${name} PRIVATE ledger_flags ${arg_LIBRARIES})
    target_precompile_headers(${name} PRIVATE ${arg_HEADERS})
endfunction()

function(ledger_use_precompiled target name)
    if(LEDGER_PRECOMPILED)
        target_precompile_headers(${target} REUSE_FROM ${name})
    endif()
endfunction()
