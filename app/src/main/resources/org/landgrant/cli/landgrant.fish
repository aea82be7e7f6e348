# Completion of landgrant for fish. Made by the build.

function __landgrant_app
    set -l home $XDG_DATA_HOME
    test -n "$home"; or set home ~/.local/share
    set -l others (string split : -- $XDG_DATA_DIRS)
    test -n "$others"; or set others /usr/local/share /usr/share
    for folder in $home $others
        for file in $folder/applications/*.desktop
            string replace -r '.*/' '' -- $file
        end
    end
end

function __landgrant_resource
    switch (commandline -ct)
        case '/*' '~*' '.*'
            __fish_complete_path (commandline -ct)
        case '*'
            string split ' ' -- '@RESOURCES@'
    end
end

function __landgrant_access
    string split ' ' -- '@ACCESS@'
end

function __landgrant_answer
    printf '%s\n' allow once deny later
end

function __landgrant_agent
    printf '%s\n' stop status
end

function __landgrant_program
    __fish_complete_command
end

function __landgrant_file
    __fish_complete_path (commandline -ct)
end

function __landgrant_nothing
end

function __landgrant_first
    test (count (commandline -opc)) -eq 1
end

function __landgrant_in
    set -l words (commandline -opc)
    test (count $words) -ge 2; and contains -- $words[2] $argv
end

# Whether so many words stand behind the command, or more than that.
function __landgrant_at
    __landgrant_in $argv[3..-1]; or return 1
    set -l words (commandline -opc)
    set -l seen 0
    set -l skip no
    for word in $words[3..-1]
        if test $skip = yes
            set skip no
        else if contains -- $word @VALUES@
            set skip yes
        else if not string match -q -- '-?*' $word
            set seen (math $seen + 1)
        end
    end
    test $seen -eq $argv[1]; or begin
        test $argv[2] = more; and test $seen -gt $argv[1]
    end
end

complete -c landgrant -f
complete -c landgrant -n __landgrant_first -l help -d 'What there is'
complete -c landgrant -n __landgrant_first -l version -d 'Which version this is'
@CASES@
