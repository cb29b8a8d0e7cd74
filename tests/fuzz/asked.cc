#include "tests/fuzz/asked.h"

#include "events/json/decode.h"
#include "tests/events/json/fake_seal.h"
#include "tests/fuzz/decided.h"

namespace ledger::fuzz {
namespace {

struct Question {
    const char* type;
    const char* body;
};

// By the names of docs/examples/first-year.jsonl, which the rows that are seeds have too.
constexpr Question kQuestions[] = {
    {"AssignSeat", R"({"order":"ap-2020","sku":"visual-studio-professional","person":"lee"})"},
    {"MoveSeat",
     R"({"order":"ap-2020","sku":"visual-studio-professional","seat":1,"person":"park"})"},
    {"ReleaseSeat", R"({"order":"ap-2020","sku":"visual-studio-professional","seat":1})"},
    {"RevealKey",
     R"({"order":"ap-2020","sku":"windows-10-enterprise-upgrade","language":"ko-kr","system":"w"})"},
    {"ActivateKey",
     R"({"order":"ap-2020","sku":"windows-10-enterprise-upgrade","key":"mak-1","machine":"pc-1"})"},
    {"AdjustUsage", R"({"order":"ap-2020","sku":"windows-10-enterprise-upgrade","change":-1})"},
    {"AdjustUsage", R"({"order":"ap-2020","sku":"incidents","change":1})"},
    {"IssueToken", R"({"order":"ap-2020","sku":"enterprise-mobility-suite"})"},
    {"RedeemToken", R"({"order":"ap-2020","sku":"enterprise-mobility-suite","token":"ems-1"})"},
    {"AssignCompany", R"({"order":"ap-2020","sku":"azure-usage"})"},
    {"TurnAutomaticRenewalOff", R"({"order":"ap-2020"})"},
    {"TurnAutomaticRenewalOn", R"({"order":"ap-2020"})"},
    {"ReceivePayment", R"({"order":"ap-2020","amount":{"amount":47500,"currency":"USD"}})"},
    {"RequestCancellation", R"({"request":"sr-1","order":"ap-2020"})"},
    {"RemoveUser", R"({"user":"lee"})"},
    {"PurchaseOffer",
     R"({"order":"o-1","offer":"action-pack","charge":{"amount":47500,"currency":"USD"},)"
     R"("payment":"card","terms_accepted":true,"confirmed":true})"},
};

Bytes packed(const Question& question, const char* actor) {
    json::FakeSeal sealer;
    const auto command = json::command_from_json(
        std::string(R"({"id":"c1","partner":"contoso","actor":)") + actor + R"(,"type":")" +
            question.type + R"(","body":)" + question.body + "}",
        sealer.seal());
    return command.value();
}

const std::vector<Bytes>& commands() {
    static const std::vector<Bytes> all = [] {
        std::vector<Bytes> made;
        for (const Question& question : kQuestions)
            for (const char* actor :
                 {R"({"kind":"user","id":"kim"})", R"({"kind":"support","id":"sue"})"})
                made.push_back(packed(question, actor));
        return made;
    }();
    return all;
}

}  // namespace

void check_asked(const PartnerState& state) {
    for (const Bytes& command : commands())
        check_decided_for(state, *fb::GetCommand(command.data()));
}

}  // namespace ledger::fuzz
