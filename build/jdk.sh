# Finds a JDK 25. Sourced by ./waymark and ./check; POSIX sh, starts no process unless it must.
#
#   find_jdk        sets JDK to the home of a JDK 25 and returns 0, or leaves JDK empty and returns 1
#   explain_no_jdk  one line: what was looked for, what was found instead, how to get one
#
# Order: JAVA_HOME, the java on PATH, then the folders in which systems and tools put JDKs.

JDK_MAJOR=25
JDK=
JDK_SEEN=

# jdk_version HOME: prints the version that HOME is a JDK of, or nothing.
jdk_version() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 0
    if [ -r "$1/release" ]; then
        while IFS= read -r jdk_line; do
            case $jdk_line in
                JAVA_VERSION=*)
                    jdk_line=${jdk_line#JAVA_VERSION=}
                    jdk_line=${jdk_line#\"}
                    printf '%s' "${jdk_line%\"*}"
                    return 0 ;;
            esac
        done < "$1/release"
    fi
    # A JDK without a release file: ask it.
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9][^ ]*\).*/\1/p'
}

# try_jdk HOME LABEL: takes HOME if it is a JDK of the wanted version; notes it otherwise.
try_jdk() {
    [ -n "$1" ] && [ -d "$1" ] || return 1
    jdk_found=$(jdk_version "$1")
    case $jdk_found in
        "$JDK_MAJOR" | "$JDK_MAJOR".* | "$JDK_MAJOR"-* | "$JDK_MAJOR"+*)
            JDK=$1
            return 0 ;;
        ?*) JDK_SEEN="$JDK_SEEN${JDK_SEEN:+, }$2 is $jdk_found" ;;
    esac
    return 1
}

find_jdk() {
    JDK=
    JDK_SEEN=
    if [ -n "${JAVA_HOME:-}" ]; then
        try_jdk "$JAVA_HOME" "JAVA_HOME=$JAVA_HOME" && return 0
        # An answer that is no JDK at all is worth a word too.
        [ -n "$JDK_SEEN" ] || JDK_SEEN="JAVA_HOME=$JAVA_HOME is no JDK"
    fi
    jdk_java=$(command -v java 2>/dev/null) || jdk_java=
    if [ -n "$jdk_java" ]; then
        jdk_java=$(readlink -f "$jdk_java" 2>/dev/null || printf '%s' "$jdk_java")
        try_jdk "${jdk_java%/bin/java}" "java on PATH (${jdk_java%/bin/java})" && return 0
    fi
    for jdk_home in \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* /opt/*/*jdk* \
        /usr/local/*jdk* /usr/local/lib/jvm/* \
        "${SDKMAN_DIR:-${HOME:-/nowhere}/.sdkman}"/candidates/java/* \
        "${HOME:-/nowhere}"/.jdks/* "${HOME:-/nowhere}"/.local/share/mise/installs/java/* \
        "${HOME:-/nowhere}"/.asdf/installs/java/* "${HOME:-/nowhere}"/jdk* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/nowhere}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
        try_jdk "$jdk_home" "$jdk_home" && return 0
    done
    if [ -x /usr/libexec/java_home ]; then
        try_jdk "$(/usr/libexec/java_home -F -v "$JDK_MAJOR" 2>/dev/null)" java_home && return 0
    fi
    return 1
}

explain_no_jdk() {
    printf '%s\n' "no JDK $JDK_MAJOR found (looked at JAVA_HOME, java on PATH, /usr/lib/jvm, /usr/java, /opt,\
 /usr/local, ~/.sdkman, ~/.jdks, mise, asdf, Homebrew, macOS java_home; ${JDK_SEEN:-no other JDK seen}):\
 install one (Debian, Ubuntu: apt-get install openjdk-$JDK_MAJOR-jdk or temurin-$JDK_MAJOR-jdk;\
 macOS: brew install openjdk@$JDK_MAJOR; anywhere: sdk install java $JDK_MAJOR-tem)\
 or set JAVA_HOME to one that is elsewhere"
}
