import Postgres
public import Shop

extension Store {
    /// Opens a file. Throws `personLikelyKnown` with the codes of the files that may be the same person's, unless
    /// `isSomebodyElse` says that they were looked at; `personUnknown` when nobody is there to live with.
    public func createPerson(
        _ person: NewPerson,
        isSomebodyElse: Bool,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> OpenedPerson {
        struct Input: Encodable {
            let person: NewPerson
            let isSomebodyElse: Bool
        }
        let input = Input(person: person, isSomebodyElse: isSomebodyElse)
        return try await command("create-person", key: key, input: input, by: staff) { tx, now in
            if !isSomebodyElse { try checkUnknown(person, in: tx) }
            return try open(person, in: tx, at: now)
        }
    }

    /// Throws `personLikelyKnown`.
    func checkUnknown(_ person: NewPerson, in tx: Transaction) throws {
        let known = try likelyFiles(of: person, in: tx)
        guard known.isEmpty else {
            let codes = known.map(\.code).joined(separator: ", ")
            throw Refusal(.personLikelyKnown, ["field": .field(.person), "codes": .text(codes)])
        }
    }
}
