package org.laudable;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** What this process is called among those that share a database: host, process id and a few random letters. */
@Singleton
public final class ProcessName {
    private final String name = host() + "-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 6);

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "host";
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
