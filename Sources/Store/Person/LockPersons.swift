import Postgres
import Shop

extension Store {
    /// Locks the person, then in a later statement the household, as whoever writes a use does; returns the household.
    /// Throws `personUnknown`.
    func lockedHousehold(of person: ID<Person>, in tx: Transaction) throws -> ID<Household> {
        let locked = try tx.query("select id from persons where id = \(person) for no key update")
        guard locked.count == 1 else { throw Refusal(.personUnknown) }
        let household = try household(of: person, in: tx)
        try tx.execute("select id from households where id = \(household) for no key update")
        return household
    }

    func household(of person: ID<Person>, in tx: Transaction) throws -> ID<Household> {
        let rows = try tx.query(
            "select household_id from household_members where person_id = \(person) and left_on is null"
        )
        guard let row = rows.first else { throw Refusal(.personUnknown) }
        return try row["household_id"]
    }
}

/// One stretch of a person's life in a household.
enum Membership {}
