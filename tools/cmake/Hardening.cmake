# What Debian's build flags ask of every program, and a little more: what overruns a buffer or a stack ends the process, the
# program lies at another address each time, and its tables of addresses can't be written. Shown by
# tests/house/hardening_test.py.
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)

# Whether the build type optimises: _FORTIFY_SOURCE does nothing otherwise, and warns.
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
unset(LEDGER_OPTIMISED CACHE)  # The flags may be others than last time.
set(CMAKE_REQUIRED_FLAGS ${CMAKE_CXX_FLAGS_${build_type}})
check_cxx_source_compiles("
    #ifndef __OPTIMIZE__
    #error not optimised
    #endif
    int main() {}" LEDGER_OPTIMISED)
unset(CMAKE_REQUIRED_FLAGS)

# One way for libraries and programs: they share precompiled headers.
set(LEDGER_HARDENING -fPIE -fstack-protector-strong -Wformat -Wformat-security)
# Where the processor has them: jumps and returns that were bent end the process.
foreach(flag -fstack-clash-protection -fcf-protection=full -mbranch-protection=standard)
    string(MAKE_C_IDENTIFIER "LEDGER_HAS${flag}" has)
    check_cxx_compiler_flag(${flag} ${has})
    if(${has})
        list(APPEND LEDGER_HARDENING ${flag})
    endif()
endforeach()
if(LEDGER_OPTIMISED)
    # Level 3 knows sizes that are reckoned while it runs; both compilers of Debian 12 have it.
    list(APPEND LEDGER_HARDENING -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
endif()

target_compile_options(ledger_flags INTERFACE ${LEDGER_HARDENING})
target_link_options(ledger_flags INTERFACE -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
