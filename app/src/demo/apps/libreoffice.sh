needs='certutil=libnss3-tools openssl=openssl chromium=chromium'
program=lowriter package=libreoffice-writer id=libreoffice-writer.desktop template=libreoffice links=yes name='LibreOffice Writer'
use() {
    have_browser
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
    step 'write a link there, open it in the browser'
    keys ctrl+End
    words 'https://garden.localhost:8443/plan.html '
    sleep 1
    xdotool keydown ctrl
    at 434 229
    xdotool keyup ctrl
    link_opened
}
