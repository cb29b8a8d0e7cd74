# ledger_mutated_sources(OUT MUTANTS folder APPLY script)
# Object files for OUT: of every source file that a mutant of the folder changes, and of events/mutant.cc, which knows their names,
# a copy with all mutants in it, compiled as its library compiles the file itself. Given to a program before its libraries, they
# take the place of those files.
function(ledger_mutated_sources out)
    cmake_parse_arguments(arg "" "MUTANTS;APPLY" "" ${ARGN})
    file(GLOB mutants CONFIGURE_DEPENDS ${arg_MUTANTS}/*.mutant)
    # A mutant that turns to another file needs that one compiled alone.
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${mutants})
    set(paths events/mutant.cc)
    foreach(mutant ${mutants})
        file(STRINGS ${mutant} changes REGEX "^@@ ")
        list(TRANSFORM changes REPLACE "^@@ " "")
        list(APPEND paths ${changes})
    endforeach()
    list(REMOVE_DUPLICATES paths)

    set(folder ${CMAKE_CURRENT_BINARY_DIR}/mutated)
    set(copies ${paths})
    list(TRANSFORM copies PREPEND ${folder}/)
    set(originals ${paths})
    list(TRANSFORM originals PREPEND ${PROJECT_SOURCE_DIR}/)
    add_custom_command(
        OUTPUT ${copies} ${folder}/mutant_names.h
        COMMAND ${Python3_EXECUTABLE} ${arg_APPLY} ${PROJECT_SOURCE_DIR} ${arg_MUTANTS} ${folder}
        DEPENDS ${arg_APPLY} ${mutants} ${originals}
        COMMENT "Putting the mutants into copies of what they change"
        VERBATIM)
    add_custom_target(ledger_mutated_copies DEPENDS ${copies} ${folder}/mutant_names.h)

    set(objects "")
    foreach(path ${paths})
        ledger_owner_of(owner ${path})
        set(target ${owner}_mutated)
        if(NOT TARGET ${target})
            get_target_property(libraries ${owner} LINK_LIBRARIES)
            add_library(${target} OBJECT)
            target_link_libraries(${target} PRIVATE ${libraries})
            target_include_directories(${target} PRIVATE ${folder} ${PROJECT_SOURCE_DIR})
            ledger_use_precompiled(${target} ledger_headers)
            add_dependencies(${target} ledger_mutated_copies)
            list(APPEND objects $<TARGET_OBJECTS:${target}>)
        endif()
        target_sources(${target} PRIVATE ${folder}/${path})
    endforeach()
    set(${out} ${objects} PARENT_SCOPE)
endfunction()

# The library that a source file is part of, as listed in the nearest CMakeLists.txt above it; there the file is compiled alone
# from now on.
function(ledger_owner_of out path)
    cmake_path(GET path PARENT_PATH folder)
    while(NOT EXISTS ${PROJECT_SOURCE_DIR}/${folder}/CMakeLists.txt)
        cmake_path(GET folder PARENT_PATH folder)
    endwhile()
    set(directory ${PROJECT_SOURCE_DIR}/${folder})
    cmake_path(RELATIVE_PATH path BASE_DIRECTORY ${folder} OUTPUT_VARIABLE listed)
    get_property(targets DIRECTORY ${directory} PROPERTY BUILDSYSTEM_TARGETS)
    foreach(target ${targets})
        get_target_property(sources ${target} SOURCES)
        if(listed IN_LIST sources)
            set_source_files_properties(${directory}/${listed} DIRECTORY ${directory}
                PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
            set(${out} ${target} PARENT_SCOPE)
            return()
        endif()
    endforeach()
    message(FATAL_ERROR "tests/sim/mutants: no library has ${path}, which a mutant changes")
endfunction()
