program=thunderbird package=thunderbird id=thunderbird.desktop template=thunderbird name='Thunderbird'
use() {
    cp "$made/letter.eml" "$HOME/Downloads/"
    step 'open a mail from Downloads'
    open_app "$HOME/Downloads/letter.eml"
    window 'The garden' 120 6
    shot start
}
