package io.waymark.proxy.conntrack;

import io.waymark.proxy.netlink.Attributes;
import io.waymark.proxy.rules.Backend;

/// One tracked flow of UDP.
/// @param to       whom the client addressed
/// @param answerer who is expected to answer: the endpoint, or `to` if the destination was not changed
/// @param tuple    the kernel's name for it, as it was told: CTA_TUPLE_ORIG
/// @param zone     its conntrack zone, likewise: CTA_ZONE; empty in the default zone
/// @param id       tells it from later flows of the same name: CTA_ID
record Flow(Backend to, Backend answerer, Attributes tuple, Attributes zone, Attributes id) {}
