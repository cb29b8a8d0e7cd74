// Clients of librdkafka that didn't let go of their threads in time: a consumer whose topic was
// deleted waits in rd_kafka_destroy for ever. Such a client is left to itself; none of its calls
// comes back to us.
#pragma once

namespace ledger::log {

// True: end the process by _exit, since what a normal end tears down may still be in use.
bool has_abandoned_clients();

}  // namespace ledger::log
