program=chromium package=chromium id=chromium.desktop template=chromium name='Chromium'
use() {
    (cd "$made" && exec python3 -m http.server --bind 127.0.0.1 8086) &
    step 'a page, whose download lands in Downloads'
    open_app http://127.0.0.1:8086/page.html
    window 'A garden' 120
    until_true 30 test -s "$HOME/Downloads/seeds.bin"
    shot start
    step 'open a letter from Documents'
    cp "$made/letter.html" "$HOME/Documents/"
    keys ctrl+l
    words "file://$HOME/Documents/letter.html"
    keys Return
    window 'A letter' 20
    shot used
    step 'a second start opens its page in the browser that runs'
    open_app http://127.0.0.1:8086/page.html
    window 'A garden' 30
    shot second
}
