import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Articles that a form shows, and those that it looks up")
struct OfferProductsTests {
    /// `cable-01` to `cable-30`, cables of one metre to thirty.
    private func fill(_ rooms: TwoRooms) async throws {
        for number in 1...30 {
            let code = number < 10 ? "cable-0\(number)" : "cable-\(number)"
            _ = try await rooms.store.createProduct(
                NewProduct(
                    code: ShortCode(typed: code),
                    kind: .accessory,
                    category: nil,
                    nameFrench: ShortText(typed: "Câble \(number) m", field: .nameFrench),
                    nameEnglish: ShortText(typed: "Cable \(number) m", field: .nameEnglish),
                    operatorName: ""
                ),
                key: rooms.at.key(),
                by: rooms.everywhere
            )
        }
    }

    private func offered(
        _ rooms: TwoRooms,
        _ typed: String? = nil,
        named: [String] = [],
        of kinds: Set<ProductFacts.Kind> = [.accessory, .recharge, .sim],
        isFree: Bool = false
    ) async throws -> OfferedProducts {
        try await rooms.store.offeredProducts(
            of: kinds,
            matching: typed,
            named: named,
            in: rooms.at.shop,
            for: rooms.onlyLille,
            isFree: isFree
        )
    }

    @Test("a short list is shown whole, of a long one what is low and what is named")
    func shown() async throws {
        try await withTwoRooms { rooms in
            let short = try await offered(rooms)
            #expect(!short.hasMore && short.found == nil)
            #expect(short.shown.map(\.code).contains("mouse"))
            #expect(short.shown.allSatisfy { $0.kind != .device })
            try await fill(rooms)
            #expect(try await offered(rooms) == OfferedProducts(shown: [], hasMore: true))
            _ = try await rooms.store.setThreshold(
                of: ShortCode(typed: "mouse"),
                20,
                in: rooms.at.shop,
                key: rooms.at.key(),
                by: rooms.onlyLille
            )
            let long = try await offered(rooms, named: ["cable-07", "nothing", "mouse"])
            #expect(long.shown.map(\.code) == ["cable-07", "mouse"])
            #expect(long.hasMore)
            // What is free alone is short again.
            #expect(
                try await offered(rooms, isFree: true).all.allSatisfy { ($0.free ?? 0) > 0 }
            )
        }
    }

    @Test(
        "any article is found by its code, or by words of its name",
        arguments: [
            ("cable-29", ["cable-29"], false), ("  CABLE-29 ", ["cable-29"], false),
            ("câble 29", ["cable-29"], false), ("29 cable", ["cable-29"], false),
            ("mouse", ["mouse"], false), ("nothing of it", [], false), ("%", [], false),
        ]
    )
    func found(typed: String, codes: [String], isCut: Bool) async throws {
        try await withTwoRooms { rooms in
            try await fill(rooms)
            let offered = try await offered(rooms, typed)
            #expect(offered.found?.map(\.code) == codes)
            #expect(offered.isCut == isCut)
            #expect(try await rooms.store.products(matching: typed).items.map(\.code) == codes)
        }
    }

    @Test("too many are cut, and the one of that very code goes first")
    func cut() async throws {
        try await withTwoRooms { rooms in
            try await fill(rooms)
            let many = try await offered(rooms, "cable")
            #expect(many.found?.count == OfferedProducts.foundMost && many.isCut)
            _ = try await rooms.store.createProduct(
                NewProduct(
                    code: ShortCode(typed: "zz"),
                    kind: .accessory,
                    category: nil,
                    nameFrench: ShortText(typed: "Adaptateur", field: .nameFrench),
                    nameEnglish: ShortText(typed: "Adapter", field: .nameEnglish),
                    operatorName: ""
                ),
                key: rooms.at.key(),
                by: rooms.everywhere
            )
            #expect(try await offered(rooms, "zz").found?.map(\.code) == ["zz"])
            #expect(try await offered(rooms, "cable-3").found?.first?.code == "cable-30")
            // A kit is of accessories alone.
            #expect(
                try await rooms.store.products(matching: "cable", of: .recharge).items == []
            )
        }
    }
}
