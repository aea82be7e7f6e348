program=vlc package=vlc id=vlc.desktop template=vlc name='VLC (Qt)'
use() {
    cp "$made/tone.wav" "$HOME/Music/"
    step 'play a tone from Music'
    open_app "$HOME/Music/tone.wav"
    window 'Privacy' 60 2
    shot start
    keys Return
    window 'VLC media player'
    step 'play again, open preferences, save them'
    keys space ctrl+p
    window 'references'
    shot used
    keys Return
    until_true 10 test -s "$HOME/.config/vlc/vlcrc"
}
