package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import java.util.List;
import java.util.Map;

/**
 * A generated network.
 *
 * @param name its name
 * @param inside the monitored networks
 * @param events its connections, in the order in which a sensor reports them
 * @param labelled which of them are whose scenario
 * @param roles what everybody else does; sources without a word here only answer
 */
record Network(
    String name,
    LocalNetworks inside,
    List<ConnectionEvent> events,
    Map<Label, List<ConnectionEvent>> labelled,
    Map<IpAddress, String> roles) {}
