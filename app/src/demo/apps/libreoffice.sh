name='LibreOffice Writer' id=libreoffice-writer package=libreoffice-writer
use() {
    cp "$made/letter.txt" "$HOME/Documents/"
    step 'open a letter from Documents'
    open_app "$HOME/Documents/letter.txt"
    window 'letter.txt' 120 5
    shot start
    step 'write, save'
    keys ctrl+End
    words 'the roses are out.'
    keys ctrl+s
    sleep 2
    keys Return
    until_true 20 holds 'roses' "$HOME/Documents/letter.txt"
    step 'save as ODT'
    keys ctrl+shift+s
    sleep 3
    shot saveas
    keys ctrl+a
    words "$HOME/Documents/letter.odt"
    keys Return
    until_true 30 test -s "$HOME/Documents/letter.odt"
    shot used
}
