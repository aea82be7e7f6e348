# press-tab.fish SCRIPT LINE...: what fish offers behind each line, sorted, with blanks between.
source $argv[1]
for line in $argv[2..-1]
    complete -C $line | string replace -r '\t.*' '' | sort | string join ' '
end
