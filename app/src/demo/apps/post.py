"""The other end of the letters: post.py send PORT PICTURE; post.py got PORT WORDS, which fails when it got none with them."""

import imaplib
import smtplib
import sys
from email.message import EmailMessage


def send(port, picture):
    letter = EmailMessage()
    letter["From"] = "Grace <grace@garden.localhost>"
    letter["To"] = "Ada <ada@garden.localhost>"
    letter["Subject"] = "The roses"
    letter.set_content("Dear Ada, the plan: https://garden.localhost:8443/plan.html\n")
    with open(picture, "rb") as file:
        letter.add_attachment(file.read(), maintype="image", subtype="png", filename="roses.png")
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(letter)


def got(port, words):
    with imaplib.IMAP4("127.0.0.1", port) as box:
        box.login("grace", "garden")
        box.select()
        letters = [box.fetch(number, "(RFC822)")[1][0][1] for number in box.search(None, "ALL")[1][0].split()]
    if not any(words.encode() in letter for letter in letters):
        sys.exit(1)


{"send": send, "got": got}[sys.argv[1]](int(sys.argv[2]), sys.argv[3])
