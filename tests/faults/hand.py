"""A hand in the log: reads its records and appends others, past the program, on Kafka by the protocol, embedded by
RocksDB's library."""

import embedded_records
import kafka_wire
from scene import EMBEDDED


class Hand:
    def __init__(self, site):
        self.site = site
        self.embedded = site.scene.log == EMBEDDED

    def read(self, partition):
        """{position: value}."""
        if self.embedded:
            return embedded_records.read(self.site.direct.folder, partition)
        return kafka_wire.fetch(self.leader_port(partition), self.site.ledger_topic(), partition)

    def append(self, partition, values):
        """The position of the first."""
        values = list(values)
        if self.embedded:
            return embedded_records.append(self.site.direct.folder, partition, values)
        return kafka_wire.produce(self.leader_port(partition), self.site.ledger_topic(), partition, values)

    def leader_port(self, partition):
        return self.site.brokers.leader_port(self.site.ledger_topic(), partition)
