import Postgres
public import Shop

/// What is printed for a session, for everybody to sign.
public struct SigningSheet: Sendable {
    public let session: SessionRow
    public let course: String
    public let programme: String
    public let association: String
    public let shopName: String
    /// Street, postal code and city of the shop.
    public let address: String
    /// The run's facilitator first, then the others by name.
    public let facilitators: [String]
    /// Who is on the run's list, by name, then who came from another run.
    public let people: [Signer]

    public struct Signer: Sendable {
        public let name: String
        /// The run from which they come to catch up.
        public let guestOf: String?
    }
}

extension Store {
    /// Throws `sessionUnknown`, also outside `reach`; `sessionCancelled`.
    public func signingSheet(
        of session: ID<Session>,
        in reach: Reach = .everyShop
    ) async throws -> SigningSheet {
        let today = clock.now().day
        return try await transaction { tx in
            let row = try tx.session(session)
            let places = try tx.query(
                """
                select r.id, k.name as course, g.name as programme, h.name as shop, h.address, h.postal_code, h.city,
                       coalesce((select name from association), '') as association
                from runs r join courses k on k.id = r.course_id join programmes g on g.id = r.programme_id
                     join shops h on h.id = r.shop_id
                where r.code = \(row.run) and \(reach.condition("r.shop_id"))
                """
            )
            guard let place = places.first else { throw Refusal(.sessionUnknown) }
            if row.state == .cancelled {
                throw Refusal(.sessionCancelled, ["on": .day(row.changedAt.day)])
            }
            let sheet = try tx.sheet(of: place["id"], on: max(today, row.day))
            let guests = sheet.guests.filter { $0.marks[session] != nil }
            let (street, postal, city): (String, String, String) = try (
                place["address"], place["postal_code"], place["city"]
            )
            return SigningSheet(
                session: row,
                course: try place["course"],
                programme: try place["programme"],
                association: try place["association"],
                shopName: try place["shop"],
                address: "\(street), \(postal) \(city)",
                facilitators: [row.facilitator]
                    + sheet.helpers.filter { $0.part == .facilitator }.map(\.name),
                people: sheet.parents.map {
                    .init(name: $0.name.isEmpty ? $0.code : $0.name, guestOf: nil)
                }
                    + guests.map {
                        .init(name: $0.name.isEmpty ? $0.code : $0.name, guestOf: $0.run)
                    }
            )
        }
    }
}
