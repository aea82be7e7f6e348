#!/usr/bin/env bash
# Makes what the apps open: things.sh FOLDER
set -euo pipefail
cd "$1"

printf 'Dear Ada,\n' > letter.txt
convert -size 400x300 gradient:orange-navy photo.png
# ImageMagick makes no PDF where Debian's own settings hold. Readers find their way without a table at the end.
cat > paper.pdf << 'TEXT'
%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
 /Annots [ << /Type /Annot /Subtype /Link /Rect [0 0 595 842] /Border [0 0 0]
 /A << /S /URI /URI (https://garden.localhost:8443/plan.html) >> >> ]
 /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
4 0 obj << /Length 58 >> stream
BT /F 36 Tf 60 700 Td (A paper about gardens) Tj ET
endstream endobj
trailer << /Root 1 0 R >>
%%EOF
TEXT
# Two seconds of a tone as a WAV file, made by hand.
{
    printf 'RIFF\xa4\x3e\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x80\x3e\x00\x00'
    for ((i = 0; i < 1000; i++)); do printf '\x80\xb0\xd0\xe8\xf0\xe8\xd0\xb0\x80\x50\x30\x18\x10\x18\x30\x50'; done
} > tone.wav
cat > letter.eml << 'TEXT'
From: Grace <grace@example.org>
To: Ada <ada@example.org>
Subject: The garden
Date: Fri, 01 May 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><body><p>Dear Ada, the plan of the garden is <a href="https://garden.example.org/plan">here</a>.</p></body></html>
TEXT
cat > page.html << 'TEXT'
<!doctype html><meta charset="utf-8"><title>A garden</title>
<body style="background: #cfe8cf"><h1>A garden</h1><p><a id="d" href="seeds.bin" download>seeds</a></p>
<script>setTimeout(() => document.getElementById("d").click(), 3000)</script>
TEXT
printf '<!doctype html><title>A letter</title><p>Dear Ada' > letter.html
printf 'seeds' > seeds.bin
# A site with a certificate, and texts that lead there.
cp page.html plan.html
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3 -subj /CN=garden.localhost \
    -addext subjectAltName=DNS:garden.localhost -keyout site.key -out site.pem 2> /dev/null
printf '# [The plan of the garden, all of it](https://garden.localhost:8443/plan.html)\n\nDear Ada,\n' > letter.md
chmod -R a+rX .
