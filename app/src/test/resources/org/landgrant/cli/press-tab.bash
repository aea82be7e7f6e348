# press-tab.bash SCRIPT LINE...: what bash offers behind each line, sorted, with blanks between.
source "$1"
shift
for COMP_LINE in "$@"; do
    COMP_POINT=${#COMP_LINE}
    _landgrant
    printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd ' ' -
done
