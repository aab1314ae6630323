import Postgres
import Shop

extension Transaction {
    /// The next number of this shop, mark and year. The counter's row is locked until commit, so numbers have no twin.
    /// `LIPC26-0008`; throws `unknownThing` without such a shop, `nameTaken` after 99999.
    func nextNumber(_ mark: String, in shop: ID<Shop>, on day: Day) throws -> String {
        guard
            let code: String = try query("select code from shops where id = \(shop)").first?["code"]
        else { throw Refusal(.unknownThing, ["field": .field(.shop), "text": .text(shop.text)]) }
        let year = day.parts.year % 100
        let prefix = "\(code)\(mark)\(year < 10 ? "0" : "")\(year)"
        guard
            let last: Int = try query(
                """
                insert into label_counters (prefix, last) values (\(prefix), 1)
                on conflict (prefix) do update set last = label_counters.last + 1 where label_counters.last < 99999
                returning last
                """
            ).first?["last"]
        else { throw Refusal(.nameTaken, ["field": .field(.label), "text": .text(prefix)]) }
        let digits = String(last)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        return "\(prefix)-\(padding)\(digits)"
    }
}
