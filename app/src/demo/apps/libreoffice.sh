program=lowriter package=libreoffice-writer id=libreoffice-writer.desktop template=libreoffice name='LibreOffice Writer'
use() {
    cp "$made/letter.txt" "$HOME/Documents/"
    step 'open a letter from Documents'
    open_app "$HOME/Documents/letter.txt"
    window 'letter.txt' 120 5
    shot start
    step 'write, save'
    keys Escape ctrl+End
    words 'the roses are out.'
    keys ctrl+s
    sleep 2
    keys Return
    until_true 20 holds 'roses' "$HOME/Documents/letter.txt"
    shot used
    step 'save under another name'
    keys ctrl+shift+s
    window 'Save' 30 2
    keys ctrl+a
    words "$HOME/Documents/copy.txt"
    keys Return
    sleep 2
    keys Return
    until_true 30 test -s "$HOME/Documents/copy.txt"
    step 'open a second letter from the file manager, in the program that runs'
    cp "$made/letter.txt" "$HOME/Documents/second.txt"
    open_app "$HOME/Documents/second.txt"
    window 'second.txt' 60
    shot second
}
