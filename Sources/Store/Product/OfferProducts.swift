import Postgres
public import Shop

/// The articles of which a form asks something: a short list whole; of a long one what was named, what is low, and what is
/// searched for.
public struct OfferedProducts: Hashable, Sendable {
    /// Those that were searched for, the one of that very code first; nil where nothing was.
    public let found: [ProductRow]?
    /// Whether more of them match than were found.
    public let isCut: Bool
    /// What is shown without a search: those named, those that are low, and all others where they are few.
    public let shown: [ProductRow]
    /// Whether there are others, to be searched for.
    public let hasMore: Bool

    public init(found: [ProductRow]? = nil, isCut: Bool = false, shown: [ProductRow], hasMore: Bool)
    {
        self.found = found
        self.isCut = isCut
        self.shown = shown
        self.hasMore = hasMore
    }

    /// Each once, those that were searched for first.
    public var all: [ProductRow] { ((found ?? []) + shown).once }

    /// How many a search finds at most.
    public static let foundMost = 20
    /// How many a list holds at most that is shown whole.
    public static let shownMost = 24
    static let lowMost = 50
}

extension Store {
    /// - Parameters:
    ///   - kinds: what the form asks for.
    ///   - typed: what is searched for, a code or words of a name; nil where nothing is.
    ///   - codes: those that the form holds already.
    ///   - staff: who reads; whoever keeps the stock of `shop` is shown what is low.
    ///   - isFree: those alone of which something is free in `shop`.
    public func offeredProducts(
        of kinds: Set<ProductFacts.Kind>,
        matching typed: String? = nil,
        named codes: [String] = [],
        in shop: ID<Shop>? = nil,
        for staff: Staff? = nil,
        isFree: Bool = false
    ) async throws -> OfferedProducts {
        let day = today
        let kinds = kinds.map(\.rawValue)
        let kept = shop.flatMap { staff?.holds(anyOf: .stockWorkers, in: $0) == true ? $0 : nil }
        let code = typed.flatMap { try? ShortCode(typed: $0).text } ?? ""
        let free: SQL = isFree ? "coalesce(l.free, 0) > 0" : "true"
        return try await transaction { tx in
            func select(_ condition: SQL, first: SQL = "p.code", most: Int) -> SQL {
                """
                select \(ProductRow.columns) from products p
                \(ProductRow.joins(on: day, in: shop, keptIn: kept))
                where p.kind = any(\(kinds)) and p.delivery is distinct from 'code' and \(free) and \(condition)
                order by \(first), p.code limit \(most)
                """
            }
            let (foundMost, shownMost) = (OfferedProducts.foundMost, OfferedProducts.shownMost)
            let matches = try typed.map { try ProductRow.matches($0, in: tx) }
            let rows = try tx.pipeline([
                select(matches ?? "false", first: "p.code <> \(code)", most: foundMost + 1),
                select("p.code = any(\(codes))", most: codes.count),
                select(ProductRow.isLow, most: OfferedProducts.lowMost),
                select("true", most: shownMost + 1),
            ]).map { try $0.map { try ProductRow($0) } }
            let hasMore = rows[3].count > shownMost
            return OfferedProducts(
                found: matches.map { _ in Array(rows[0].prefix(foundMost)) },
                isCut: rows[0].count > foundMost,
                shown: (rows[1] + rows[2] + (hasMore ? [] : rows[3])).once,
                hasMore: hasMore
            )
        }
    }
}

extension [ProductRow] {
    /// Each at its first place.
    fileprivate var once: [ProductRow] {
        var seen: Set<String> = []
        return filter { seen.insert($0.code).inserted }
    }
}
