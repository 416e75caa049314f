package io.waymark.proxy.nftables;

import io.waymark.proxy.netlink.Batch;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.NftReader;
import io.waymark.proxy.nftables.skeleton.Skeleton;

/// Removes our tables and kube-proxy's, and nothing else.
public final class NftCleanup {
    private NftCleanup() {}

    /// In one commit. A table that a running proxy owns is not ours to remove: then nothing is.
    /// @return how many tables there were
    public static int run() throws NftException {
        try (var socket = NetlinkSocket.netfilter()) {
            var reader = new NftReader(socket);
            var transactions = new Transactions(socket, Batch.nftables(), socket.batchOctetsMax());
            int tables = 0;
            for (var family : NfFamily.values()) {
                for (var table : reader.tables(family)) {
                    if (table.name().equals(Skeleton.TABLE) || table.name().equals(NftApplier.KUBE_PROXY)) {
                        transactions.table(family, table.name()).deleteTable();
                        tables++;
                    }
                }
            }
            transactions.commit();
            return tables;
        } catch (NetlinkException unavailable) {
            throw new NftException("removing the tables of nftables mode", unavailable);
        }
    }
}
