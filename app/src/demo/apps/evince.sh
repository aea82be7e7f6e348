needs='certutil=libnss3-tools openssl=openssl chromium=chromium'
program=evince package=evince id=org.gnome.Evince.desktop template=evince links=yes name='Evince'
use() {
    have_browser
    cp "$made/paper.pdf" "$HOME/Documents/"
    step 'open a paper from Documents'
    open_app "$HOME/Documents/paper.pdf"
    window 'paper.pdf'
    step 'zoom'
    keys ctrl+plus ctrl+plus
    shot used
    step 'save a copy in Documents'
    keys ctrl+s
    window 'Save'
    keys ctrl+a
    words "$HOME/Documents/copy.pdf"
    keys Return
    until_true 20 test -s "$HOME/Documents/copy.pdf"
    step 'open its link in the browser'
    window 'paper.pdf'
    at -200 300
    link_opened
}
