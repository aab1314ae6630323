import Postgres
public import Shop

extension Store {
    /// Any shop of the association, by its code. Throws `unknownThing`.
    public func shop(named code: String?, field: FieldName) async throws -> ID<Shop> {
        let code = String((code ?? "").prefix(40))
        let row = try await transaction { tx in
            try tx.query("select id from shops where code = upper(\(code))").first?["id"]
                as ID<Shop>?
        }
        guard let row else {
            throw Refusal(.unknownThing, ["field": .field(field), "text": .text(code)])
        }
        return row
    }

    /// The other shops, to which something can be sent, by name.
    public func receivers(from shop: ID<Shop>) async throws -> [Workplace] {
        try await transaction { tx in
            try tx.query(
                """
                select id, code, name from shops where id <> \(shop) order by name collate "fr-x-icu", code
                """
            ).map { Workplace(id: try $0["id"], code: try $0["code"], name: try $0["name"]) }
        }
    }
}
