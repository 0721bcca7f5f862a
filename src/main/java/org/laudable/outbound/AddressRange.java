package org.laudable.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of IP addresses, as {@code 10.1.2.0/24} or {@code fd00::/8}. */
record AddressRange(byte[] prefix, int bits) {

    /** @throws IllegalArgumentException if it is no range of literal addresses */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String address = (slash < 0 ? text : text.substring(0, slash)).strip();
        if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("'" + text + "' is no range of addresses such as 127.0.0.1/32");
        }
        try {
            byte[] prefix = InetAddress.getByName(address).getAddress();
            int bits = slash < 0 ? prefix.length * 8 : Integer.parseInt(text.substring(slash + 1).strip());
            if (bits < 0 || bits > prefix.length * 8) {
                throw new IllegalArgumentException("'" + text + "' has an impossible length");
            }
            return new AddressRange(prefix, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no range of addresses such as 127.0.0.1/32", e);
        }
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((bytes[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
