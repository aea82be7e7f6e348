name='Evince' id=org.gnome.Evince package=evince
use() {
    cp "$made/paper.pdf" "$HOME/Documents/"
    step 'open a paper from Documents'
    open_app "$HOME/Documents/paper.pdf"
    window 'paper.pdf'
    step 'zoom, turn pages'
    keys ctrl+plus ctrl+plus Next
    shot used
    step 'save a copy in Documents'
    keys ctrl+shift+s
    window 'Save'
    words "$HOME/Documents/copy.pdf"
    keys Return
    until_true 20 test -s "$HOME/Documents/copy.pdf"
}
