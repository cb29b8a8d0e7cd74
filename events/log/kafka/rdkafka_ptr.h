// Ownership of librdkafka's C types: one unique_ptr alias for each. Only files of this folder
// include it.
//
// Order of destruction: queues, topics, messages and events before the handle they came from, or
// destroying the handle hangs. Declare the handle first in a class.
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>

namespace ledger::log::kafka {

template <auto Destroy>
struct Destroyer {
    template <typename T>
    void operator()(T* object) const noexcept {
        Destroy(object);
    }
};

// Of handles by make_client: see abandoned.h.
void destroy_handle(rd_kafka_t* handle);
inline void destroy_metadata(const rd_kafka_metadata_t* metadata) {
    rd_kafka_metadata_destroy(metadata);
}

using HandlePtr = std::unique_ptr<rd_kafka_t, Destroyer<destroy_handle>>;
using ConfPtr = std::unique_ptr<rd_kafka_conf_t, Destroyer<rd_kafka_conf_destroy>>;
using TopicPtr = std::unique_ptr<rd_kafka_topic_t, Destroyer<rd_kafka_topic_destroy>>;
using QueuePtr = std::unique_ptr<rd_kafka_queue_t, Destroyer<rd_kafka_queue_destroy>>;
using MessagePtr = std::unique_ptr<rd_kafka_message_t, Destroyer<rd_kafka_message_destroy>>;
using EventPtr = std::unique_ptr<rd_kafka_event_t, Destroyer<rd_kafka_event_destroy>>;
using MetadataPtr = std::unique_ptr<const rd_kafka_metadata_t, Destroyer<destroy_metadata>>;
using PartitionListPtr = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                         Destroyer<rd_kafka_topic_partition_list_destroy>>;
using NewTopicPtr = std::unique_ptr<rd_kafka_NewTopic_t, Destroyer<rd_kafka_NewTopic_destroy>>;
using AdminOptionsPtr =
    std::unique_ptr<rd_kafka_AdminOptions_t, Destroyer<rd_kafka_AdminOptions_destroy>>;
using ConfigResourcePtr =
    std::unique_ptr<rd_kafka_ConfigResource_t, Destroyer<rd_kafka_ConfigResource_destroy>>;

}  // namespace ledger::log::kafka
