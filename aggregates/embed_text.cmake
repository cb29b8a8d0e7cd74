# cmake -DINPUT=file -DOUTPUT=file.cc -DHEADER=... -DNAMESPACE=... -DFUNCTION=... -P embed_text.cmake
# Writes a C++ file in which FUNCTION() gives the text of INPUT. Raw strings are cut into lines: every compiler takes
# those, however long the file.
file(READ "${INPUT}" text)
string(REGEX REPLACE "\n" ")~\"\n    R\"~(\n" text "${text}")
file(WRITE "${OUTPUT}" "// Generated from a file of data.\n#include \"${HEADER}\"\n\n"
    "namespace ${NAMESPACE} {\n\nstd::string_view ${FUNCTION}() {\n    return\n    R\"~(${text})~\";\n}\n\n"
    "}  // namespace ${NAMESPACE}\n")
