package org.landgrant.agent;

import org.landgrant.cli.Commands;
import org.landgrant.launch.Connection;
import org.landgrant.launch.MalformedFrameException;
import org.landgrant.launch.Message;
import org.landgrant.launch.Message.Output.To;

/** Carries out what people typed, one command after the other, on the connection's own thread. */
record CommandDesk(Commands commands, Connection connection) implements Connection.Guest {
    /** Characters in one output message, so that a long answer needs no long frame. */
    private static final int MOST_AT_ONCE = 65_536;

    @Override
    public void received(Message message) throws MalformedFrameException {
        if (!(message instanceof Message.Command command)) {
            throw new MalformedFrameException("only commands follow a command");
        }
        Commands.Outcome outcome = commands.run(command.width(), command.words());
        say(To.OUT, outcome.out());
        say(To.ERR, outcome.err());
        connection.send(new Message.Status(outcome.status()));
    }

    @Override
    public void gone() {}

    private void say(To stream, String text) {
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(at + MOST_AT_ONCE, text.length());
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            connection.send(new Message.Output(stream, text.substring(at, end)));
            at = end;
        }
    }
}
