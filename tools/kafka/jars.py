"""Java and the jars of Apache Kafka.

The jars come from Maven by our pom.xml, once, into a cache that is either whole or absent: they are
copied to a folder beside it and renamed. Callers that fetch at the same time wait for the first.

Java: Kafka 3.9 is supported on 17 and 21, and on 25 as a best effort
(https://kafka.apache.org/39/operations/java-version). Debian 12 has openjdk-17, Debian 13 has
openjdk-21 and 25; we take the first of JAVA_HOME, PATH and /usr/lib/jvm that is 17 or newer.
"""

import glob
import os
import pathlib
import re
import shutil
import subprocess
import xml.etree.ElementTree

from failure import Failure, say
from lock import locked

_POM = pathlib.Path(__file__).resolve().parent / "pom.xml"
_OLDEST_JAVA = 17
_JAVA_ANSWER_SECONDS = 30
_FETCH_SECONDS_MAX = 600
_TAIL_LINES = 15


def find_java():
    """Path of a java that can run the broker."""
    candidates = []
    if os.environ.get("JAVA_HOME"):
        candidates.append(os.path.join(os.environ["JAVA_HOME"], "bin", "java"))
    candidates.append(shutil.which("java"))
    candidates += sorted(glob.glob("/usr/lib/jvm/*/bin/java"))
    for candidate in candidates:
        if candidate and os.access(candidate, os.X_OK) and _java_version(candidate) >= _OLDEST_JAVA:
            return candidate
    raise Failure(f"no Java {_OLDEST_JAVA} or newer found: apt-get install openjdk-17-jre-headless "
                  "(Debian 12) or openjdk-21-jre-headless (Debian 13)")


def _java_version(java):
    """Feature number, 0 when it can't be told. Java 8 and older call themselves 1.x."""
    try:
        answer = subprocess.run([java, "-version"], stdin=subprocess.DEVNULL, capture_output=True,
                                text=True, timeout=_JAVA_ANSWER_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(\d+)', answer.stderr)
    return int(found.group(1)) if found else 0


def _properties():
    space = {"m": "http://maven.apache.org/POM/4.0.0"}
    properties = xml.etree.ElementTree.parse(_POM).find("m:properties", space)
    return {entry.tag.split("}")[1]: entry.text for entry in properties}


def folder():
    """Where the jars are, or will be."""
    if os.environ.get("BENEFITS_KAFKA_LIBS"):
        return pathlib.Path(os.environ["BENEFITS_KAFKA_LIBS"]).absolute()
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return (pathlib.Path(cache).absolute() / "benefits-ledger" /
            f"kafka-{_properties()['kafka.version']}" / "libs")


def _complete(libs):
    versions = _properties()
    return ((libs / f"kafka_2.13-{versions['kafka.version']}.jar").is_file() and
            (libs / f"slf4j-reload4j-{versions['slf4j.version']}.jar").is_file())


def fetch():
    """Returns the folder of the jars, fetched if they are not there yet."""
    libs = folder()
    if _complete(libs):
        return libs
    if not shutil.which("mvn"):
        raise Failure("no Maven found to fetch the jars with: apt-get install maven")
    try:
        with locked(libs.parent, wait_seconds=_FETCH_SECONDS_MAX + 30):
            if not _complete(libs):
                _copy_with_maven(libs)
    except OSError as error:
        raise Failure(f"can't write the jars to {libs}: {error}")
    return libs


def _copy_with_maven(libs):
    """Under the lock."""
    if libs.exists() and any(libs.iterdir()):
        raise Failure(f"{libs} holds something else than these jars: remove it or set "
                      "BENEFITS_KAFKA_LIBS to another folder")
    partial = libs.with_name(libs.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    say(f"fetching the jars of Kafka into {libs} (once)")
    command = ["mvn", "-B", "-ntp", "-q", "-f", str(_POM), "dependency:copy-dependencies",
               "-DincludeScope=runtime", f"-DoutputDirectory={partial}"]
    try:
        result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, timeout=_FETCH_SECONDS_MAX)
        if result.returncode != 0:
            tail = "\n".join(result.stdout.splitlines()[-_TAIL_LINES:])
            raise Failure(f"Maven could not fetch the jars (exit {result.returncode}):\n{tail}")
        if not _complete(partial):
            raise Failure("Maven said yes but the jars of pom.xml are not all there")
        os.rename(partial, libs)
    except subprocess.TimeoutExpired:
        raise Failure(f"Maven did not finish within {_FETCH_SECONDS_MAX} s")
    finally:
        shutil.rmtree(partial, ignore_errors=True)
