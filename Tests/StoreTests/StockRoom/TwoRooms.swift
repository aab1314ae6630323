import Foundation
import Postgres
import Shop
import Store

/// Lille Wazemmes with a second shop at Roubaix, and stock managers of both and of each.
struct TwoRooms: Sendable {
    let at: Wazemmes
    let roubaix: ID<Shop>
    /// Holds everywhere, at no till.
    let everywhere: Staff
    let second: Staff
    let onlyRoubaix: Staff
    let onlyLille: Staff

    var store: Store { at.store }

    func labels(_ numbers: Int...) throws -> DeviceLabels {
        try DeviceLabels(numbers.map { try DeviceLabel.typed(Wazemmes.label($0)) })
    }

    func label(_ number: Int) throws -> DeviceLabel {
        try DeviceLabel.typed(Wazemmes.label(number))
    }

    /// Sends machines and mice from Lille to Roubaix.
    func send(_ devices: DeviceLabels, mice: Int = 0) async throws -> TransferCode {
        let units = mice > 0 ? [try ShortCode(typed: "mouse"): mice] : [:]
        return try TransferCode.typed(
            await store.sendTransfer(
                of: devices,
                ProductCounts(units),
                from: at.shop,
                to: roubaix,
                key: at.key(),
                by: everywhere
            )
        )
    }

    @discardableResult
    func receive(
        _ code: TransferCode,
        _ devices: DeviceLabels? = nil,
        mice: Int? = nil,
        isAll: Bool = false,
        isLast: Bool = false,
        motive: String = "",
        takesBack: Bool = false,
        by staff: Staff? = nil
    ) async throws -> ToldArrival {
        let units = try mice.map { [try ShortCode(typed: "mouse"): $0] } ?? [:]
        return try await store.receiveTransfer(
            code,
            Arrival(
                devices: try devices ?? DeviceLabels([]),
                products: ProductCounts(units, least: 0),
                isAll: isAll,
                isLast: isLast,
                motive: motive,
                takesBack: takesBack
            ),
            key: at.key(),
            by: staff ?? onlyRoubaix
        )
    }

    func free(_ product: String, in shop: ID<Shop>) async throws -> Int {
        try await at.count(
            """
            select coalesce(max(free), 0) from stock_levels l join products p on p.id = l.product_id
            where p.code = \(product) and l.shop_id = \(shop)
            """
        )
    }

    func stage(_ number: Int) async throws -> DeviceStage {
        try await store.device(label(number)).device.stage
    }

    /// The constraint that stops a statement of the service's own role; nil when none does.
    func constraint(_ statement: SQL) async -> String? {
        do {
            try await at.owner.transaction { tx in
                try tx.execute("set local role comptoir_app")
                try tx.execute(statement)
            }
            return nil
        } catch let error as PostgresError {
            return error.constraint ?? "\(error)"
        } catch {
            return "\(error)"
        }
    }
}

func withTwoRooms<T: Sendable>(
    machines: Int = 6,
    _ body: @Sendable (TwoRooms) async throws -> T
) async throws -> T {
    try await withWazemmes(machines: machines, recharges: 20) { at in
        let roubaix: ID<Shop> = at.store.newID()
        let (second, third, fourth): (ID<User>, ID<User>, ID<User>) = (
            at.store.newID(), at.store.newID(), at.store.newID()
        )
        try await at.execute(
            """
            insert into shops (id, code, name, address, postal_code, city, siret, opened_at)
            values (\(roubaix), 'RO', 'Roubaix', '2 rue', '59100', 'Roubaix', '12345678200010', now())
            """
        )
        for (user, code) in [(second, "BE"), (third, "RX"), (fourth, "LX")] {
            try await at.execute(
                """
                insert into users (id, login, operator, name, language, first_day, recorded_at)
                values (\(user), \(code.lowercased()), \(code), 'Stock', 'fr', false, now())
                """
            )
        }
        func staff(_ id: ID<User>, _ code: String, in shop: ID<Shop>?) -> Staff {
            Staff(
                id: id,
                operatorCode: code,
                name: "Stock",
                language: .french,
                firstDay: false,
                roles: [Staff.Held(role: .stockManager, shop: shop)],
                till: nil
            )
        }
        return try await body(
            TwoRooms(
                at: at,
                roubaix: roubaix,
                everywhere: staff(at.seller, "AM", in: nil),
                second: staff(second, "BE", in: nil),
                onlyRoubaix: staff(third, "RX", in: roubaix),
                onlyLille: staff(fourth, "LX", in: at.shop)
            )
        )
    }
}
