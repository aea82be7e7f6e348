needs='certutil=libnss3-tools openssl=openssl chromium=chromium'
program=ghostwriter package=ghostwriter id=ghostwriter.desktop template=ghostwriter links=yes name='ghostwriter (Qt WebEngine)'
use() {
    have_browser
    cp "$made/letter.md" "$HOME/Documents/"
    step 'open a letter from Documents'
    open_app "$HOME/Documents/letter.md"
    window 'letter.md' 60 3
    shot start
    step 'write, save'
    keys ctrl+End
    words 'the roses are out.'
    keys ctrl+s
    until_true 10 holds 'roses' "$HOME/Documents/letter.md"
    step 'save under another name'
    keys alt+f a
    window 'Save' 20
    keys ctrl+a
    words "$HOME/Documents/copy.md"
    keys Return
    sleep 1
    keys Return # that it made no copy of what was not there yet, confined or not
    until_true 10 test -s "$HOME/Documents/copy.md"
    step 'open a link of its page in the browser'
    window 'copy.md'
    at 560 100
    link_opened
    shot used
}
