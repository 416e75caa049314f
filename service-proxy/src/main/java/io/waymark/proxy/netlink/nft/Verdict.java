package io.waymark.proxy.netlink.nft;

/// What becomes of a packet, or where it goes on.
/// @param code  NFT_x or NF_x
/// @param chain of a goto or jump; otherwise empty
public record Verdict(int code, String chain) {
    private static final int NF_DROP = 0;
    private static final int NF_ACCEPT = 1;
    private static final int NFT_JUMP = -3;
    private static final int NFT_GOTO = -4;
    private static final int NFT_RETURN = -5;

    public static final Verdict DROP = new Verdict(NF_DROP, "");
    public static final Verdict ACCEPT = new Verdict(NF_ACCEPT, "");
    public static final Verdict RETURN = new Verdict(NFT_RETURN, "");

    public static Verdict jump(String chain) {
        return new Verdict(NFT_JUMP, chain);
    }

    public static Verdict goTo(String chain) {
        return new Verdict(NFT_GOTO, chain);
    }
}
