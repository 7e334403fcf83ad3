// Goal: units move exactly as the shop floor expects.
// Method: the matrix is drawn by hand and compared with the table both ways, so a transition added
// by mistake fails as surely as one that went missing.
#include "inventory/lifecycle.hpp"

#include "support/catch.hpp"

using namespace inventory;

namespace {

struct Row {
    Status from;
    // What follows on Sell, Reserve, Restock, Return, MarkDefective; nothing = not allowed.
    std::optional<Status> to[5];
};

constexpr auto kNo = std::nullopt;
const Row kMatrix[] = {
    {Status::InStock, {Status::Sold, Status::Reserved, kNo, kNo, kNo}},
    {Status::Reserved, {Status::Sold, kNo, Status::InStock, kNo, kNo}},
    {Status::Sold, {kNo, kNo, kNo, Status::Returned, Status::Defective}},
    {Status::Returned, {kNo, kNo, Status::InStock, kNo, Status::Defective}},
    {Status::Defective, {kNo, kNo, Status::InStock, kNo, kNo}},
};

}  // namespace

TEST_CASE("the nine lawful moves and no others", "[inventory][lifecycle]") {
    int lawful = 0, unlawful = 0;
    for (const Row& row : kMatrix) {
        for (std::size_t i = 0; i < std::size(kActions); ++i) {
            CAPTURE(label(row.from), label(kActions[i]));
            CHECK(next_status(row.from, kActions[i]) == row.to[i]);
            ++(row.to[i] ? lawful : unlawful);
        }
    }
    CHECK(lawful == 9);
    CHECK(unlawful == 16);
}

TEST_CASE("a returned unit is inspected before it is for sale", "[inventory][lifecycle]") {
    REQUIRE(next_status(Status::Sold, Action::Return) == Status::Returned);
    CHECK_FALSE(next_status(Status::Returned, Action::Sell));
    CHECK(next_status(Status::Returned, Action::Restock) == Status::InStock);
}

TEST_CASE("a refusal names the status and what is allowed", "[inventory][lifecycle]") {
    CHECK(
        refusal(Status::Sold, Action::Reserve) ==
        "is Sold, so Reserve is not possible; possible now: Mark as Returned or Mark as Defective");
}

TEST_CASE("a status is understood by either name", "[inventory][lifecycle]") {
    for (const Status status : kStatuses) {
        CHECK(status_named(name(status)) == status);
        CHECK(status_named(label(status)) == status);
    }
    CHECK(status_named("IN STOCK") == Status::InStock);
    CHECK_FALSE(status_named("lost"));
    CHECK_FALSE(status_named("\xFF"));
}
