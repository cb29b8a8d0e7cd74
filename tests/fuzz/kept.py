"""The corpora of the fuzz targets as text: corpus/TARGET.txt, an input a line.

A line is the input with its control characters, backslashes and bytes beyond ASCII escaped (\\n, \\\\, \\x00), or, where that is
shorter, "base64:" and the input so. Lines that begin with '#' are for people. Inputs stand sorted by length, so that a change shows.
"""
import base64
import codecs

BASE64 = "base64:"


def to_line(data):
    text = codecs.escape_encode(data)[0].decode("ascii").replace("\\'", "'")
    packed = BASE64 + base64.b64encode(data).decode("ascii")
    plain = not text.startswith(("#", BASE64)) and text != ""
    return text if plain and len(text) <= len(packed) else packed


def from_line(line):
    if line.startswith(BASE64):
        return base64.b64decode(line[len(BASE64):], validate=True)
    return codecs.escape_decode(line.encode("ascii"))[0]


def read(path):
    """The inputs of a corpus; none where there is no file."""
    if not path.exists():
        return []
    return [from_line(line) for line in path.read_text("ascii").splitlines() if line and not line.startswith("#")]


def write(path, inputs):
    lines = [to_line(data) for data in sorted(set(inputs), key=lambda data: (len(data), data))]
    head = "# What the seeds don't reach; made by `tests/fuzz/fuzz --corpus`, see kept.py.\n"
    path.write_text(head + "".join(line + "\n" for line in lines), "ascii")
