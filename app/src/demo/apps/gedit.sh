program=gedit package=gedit id=org.gnome.gedit.desktop template=gedit name='gedit'
use() {
    cp "$made/letter.txt" "$HOME/Documents/"
    step 'open a letter from Documents'
    open_app "$HOME/Documents/letter.txt"
    window 'letter.txt'
    step 'write, save'
    keys ctrl+End
    words 'the roses are out.'
    keys ctrl+s
    until_true 10 holds 'roses' "$HOME/Documents/letter.txt"
    shot used
    step 'open a second one in the same window'
    cp "$made/letter.txt" "$HOME/Documents/second.txt"
    open_app "$HOME/Documents/second.txt"
    window 'second.txt'
    step 'save under another name'
    keys ctrl+shift+s
    window 'Save As'
    keys ctrl+a
    words "$HOME/Documents/third.txt"
    keys Return
    until_true 10 test -s "$HOME/Documents/third.txt"
}
