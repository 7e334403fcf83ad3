# Prints SOURCE with the text of the mutant replaced; fails unless it is there exactly once.
#     awk -f apply.awk MUTANT SOURCE
FNR == NR {
    if ($0 == "replace:" || $0 == "by:") part = $0
    else if (part != "") text[part] = text[part] (lines[part]++ ? "\n" : "") $0
    next
}
{ source = source $0 "\n" }
END {
    old = text["replace:"]
    at = old == "" ? 0 : index(source, old)
    rest = substr(source, at + length(old))
    if (at == 0 || index(rest, old) > 0) {
        print "the text to replace is there " (at == 0 ? "no more" : "more than once") > "/dev/stderr"
        exit 1
    }
    ORS = ""
    print substr(source, 1, at - 1) text["by:"] rest
}
