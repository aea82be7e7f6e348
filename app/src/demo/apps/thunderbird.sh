name='Thunderbird' id=thunderbird package=thunderbird
use() {
    cp "$made/letter.eml" "$HOME/Downloads/"
    step 'open a mail from Downloads'
    open_app "$HOME/Downloads/letter.eml"
    window 'The garden' 120 6
    shot start
}
