import Foundation
import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Lots and the second-hand register")
struct DonationTests {
    @Test("a lot is promised, received and taken in, each under its number (C5)")
    func register() async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .company)
            #expect(batch.description == "LILO26-0001")
            #expect(try await room.receive(batch).ordinal == 1)
            let label = try await room.laptop(of: batch)
            let rows = try await room.entries()
            #expect(rows.map(\.ordinal) == [1, 2])
            #expect(rows[0].donorName == "Métropole Services" && rows[0].units.count == 2)
            #expect(rows[1].label == label.description && rows[1].serial == "5CD8123ABC")
            #expect(rows[1].batch == batch.description && rows[1].tickets.isEmpty)
            let card = try await room.store.batch(batch)
            #expect(card.kinds.map(\.promised) == [10, 0])
            #expect(card.kinds.map(\.received) == [9, 2])
            #expect(card.kinds.map(\.takenIn) == [1, 0])
            #expect(card.yield.inWork == 1 && card.receivedGrams == Grams(count: 30_500))
            #expect(try await room.store.device(label).batch == batch.description)
        }
    }

    @Test("a correction is an entry of its own, and the first one stays (C5)")
    func correction() async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .company)
            _ = try await room.receive(batch)
            let words = try ShortText(typed: "8 portables, non 9", field: .correction)
            let ordinal = try await room.store.correctRegister(
                1,
                of: room.shop,
                words,
                key: room.key(),
                by: room.staff
            )
            #expect(ordinal == 2)
            let rows = try await room.entries()
            #expect(rows[0].units.map(\.units) == [9, 2])
            #expect(rows[1].corrects == 1 && rows[1].correction == words.text)
            await room.expectRefusal(.unknownThing) {
                _ = try await room.store.correctRegister(
                    7,
                    of: room.shop,
                    words,
                    key: room.key(),
                    by: room.staff
                )
            }
        }
    }

    @Test("the service’s own role edits nothing of the register (C5)")
    func sealed() async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .company)
            _ = try await room.receive(batch)
            _ = try await room.laptop(of: batch)
            #expect(try await room.store.verify(stock: false).faults == [])
            for statement in [
                "update register_entries set ordinal = 9", "delete from register_entries",
                "update deliveries set price_cents = 1", "delete from batch_devices",
                "delete from seller_identities", "delete from registers",
            ] as [SQL] {
                #expect(await room.constraint(statement) != nil)
            }
        }
    }

    @Test(
        "verify sees what an owner changed (C5)",
        arguments: [
            ("deliveries", "update deliveries set donor_name = 'Autre'", "row"),
            ("delivery_lines", "update delivery_lines set units = 90", "row"),
            (
                "register_entries",
                "update register_entries set payload = payload || '\\x20' where ordinal = 2", "hash"
            ),
            ("register_entries", "update register_entries set signature = '\\x00'", "signature"),
            ("registers", "update registers set ordinal = 1", "head"),
            (
                "register_entries",
                """
                with cut as (delete from register_entries where ordinal = 2)
                update registers set ordinal = 1, hash = (select hash from register_entries where ordinal = 1)
                """, "truncated"
            ),
            ("seller_identities", "update seller_identities set number = 'XX'", "row"),
        ] as [(String, String, String)]
    )
    func changed(table: String, statement: String, kind: String) async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .person)
            _ = try await room.receive(batch, seller: StockRoom.seller())
            _ = try await room.laptop(of: batch)
            #expect(try await room.store.verify(stock: false).ok)
            try await room.execute("alter table \(raw: table) disable trigger user")
            try await room.execute(SQL(raw: statement))
            let faults = try await room.store.verify(stock: false).faults
            #expect(faults.contains { $0.kind == kind }, "\(faults)")
        }
    }

    @Test("ordinal numbers leave no gap, whoever writes them")
    func gapless() async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .company)
            _ = try await room.receive(batch)
            let fault = await room.constraint(
                """
                insert into register_entries (shop_id, ordinal, previous_ordinal, kind, happened_on, corrects, correction,
                    payload, previous_hash, hash, key_id, signature, recorded_at, recorded_by)
                select shop_id, 5, 4, 'correction', happened_on, 1, 'x', payload, hash, hash, key_id, signature, recorded_at,
                       recorded_by from register_entries
                """
            )
            #expect(fault == "register_entries_leave_no_gap")
        }
    }

    @Test("twenty deliveries of as many lots at once get twenty numbers in a row")
    func together() async throws {
        try await withStockRoom { room in
            // A lot each: those of one lot wait for one another at its row, before they come to the register.
            var lots: [BatchCode] = []
            for _ in 0..<20 { lots.append(try await room.lot(of: .company)) }
            let ordinals = try await withThrowingTaskGroup(of: Int64.self) { group in
                for lot in lots { group.addTask { try await room.receive(lot).ordinal } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(ordinals.sorted() == Array(1...20))
            #expect(try await room.store.verify(stock: false).ok)
        }
    }

    @Test("the same request again is the same entry")
    func twice() async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .company)
            let key = room.key()
            let first = try await room.receive(batch, key: key)
            #expect(try await room.receive(batch, key: key) == first)
            #expect(try await room.entries().count == 1)
        }
    }

    @Test("a private person is named apart, and the register keeps a digest alone")
    func seller() async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .person)
            await room.expectRefusal(.sellerMissing) { _ = try await room.receive(batch) }
            #expect(try await room.entries().isEmpty)
            _ = try await room.receive(batch, seller: StockRoom.seller())
            let bytes = try await room.sql.withConnection { connection in
                let payload: Data = try connection.query(
                    "select payload from register_entries where ordinal = 1"
                )[0][0]
                return String(decoding: payload, as: UTF8.self)
            }
            #expect(bytes.contains("donor_kind=person") && bytes.contains("seller_digest="))
            for word in ["Lima", "12AB34567", "Solférino"] { #expect(!bytes.contains(word)) }
            #expect(try await room.entries()[0].donorName == "")
            await room.expectRefusal(.unknownThing) {
                _ = try await room.store.seller(1, of: room.shop, by: room.staff)
            }
            let manager = room.staff(as: .shopManager)
            let told = try await room.store.seller(1, of: room.shop, by: manager)
            #expect(told.name == "Ana Lima" && told.number == "12AB34567")
        }
    }

    @Test("an erased card leaves the register as it was (C5)")
    func erasedCard() async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .person)
            _ = try await room.receive(batch, seller: StockRoom.seller())
            let donor = try await room.store.batch(batch).batch.donor
            #expect(try await room.store.donor(donor).donor.name == "Ana Lima")
            _ = try await room.store.eraseDonorCard(
                of: donor,
                key: room.key(),
                by: room.staff(as: .shopManager)
            )
            let card = try await room.store.donor(donor)
            #expect(card.donor.name == "" && card.isErased && card.phone == "")
            #expect(try await room.store.batch(batch).batch.donorName == "")
            #expect(try await room.entries().count == 1)
            #expect(try await room.store.verify(stock: false).ok)
        }
    }

    @Test("a gift has no price, and a purchase says how it was paid")
    func payment() async throws {
        try await withStockRoom { room in
            let gift = try await room.lot(of: .company)
            await room.expectRefusal(.batchPaymentUneven) {
                _ = try await room.receive(gift, cents: 100, payment: .card)
            }
            let bought = try await room.lot(of: .company, acquisition: .purchase)
            await room.expectRefusal(.batchPaymentUneven) { _ = try await room.receive(bought) }
            _ = try await room.receive(bought, cents: 40_000, payment: .transfer)
            let row = try await room.entries()[0]
            #expect(row.priceCents == Cents(unchecked: 40_000) && row.payment == .transfer)
        }
    }

    @Test("nothing comes with a lot that was not received, or with two")
    func gates() async throws {
        try await withStockRoom { room in
            let (one, other) = (
                try await room.lot(of: .company), try await room.lot(of: .company)
            )
            await room.expectRefusal(.batchNotReceived) { _ = try await room.laptop(of: one) }
            _ = try await room.receive(one)
            _ = try await room.receive(other)
            let label = try await room.laptop(of: one)
            let again = try await room.add(label, to: one)
            #expect(again.ordinal == 3)
            await room.expectRefusal(.deviceInBatch) { _ = try await room.add(label, to: other) }
            let stray = try await room.laptop(serial: "STRAY0042")
            try await room.prepare(stray)
            _ = try await room.shelve(stray)
            await room.expectRefusal(.batchAfterShelf) { _ = try await room.add(stray, to: one) }
            #expect(try await room.entries().count == 3)
            let fault = await room.constraint(
                """
                insert into batch_devices (batch_id, device_id, recorded_at, recorded_by)
                select b.id, d.id, \(StockRoom.noon), d.recorded_by from batches b, devices d
                where b.code = \(other.description) and d.label = \(label.description)
                """
            )
            #expect(fault == "batch_devices_come_with_one_batch")
        }
    }

    @Test("the lot of a public body caps the price, whatever the take-in said")
    func ceiling() async throws {
        try await withStockRoom { room in
            let town = try await room.lot(of: .publicBody)
            _ = try await room.receive(town)
            let label = try await room.laptop(of: town)
            try await room.prepare(label)
            await room.expectRefusal(.devicePriceAboveCeiling) {
                _ = try await room.shelve(label, cents: 18_001)
            }
            _ = try await room.shelve(label, cents: 18_000)
            // Bought from a public body, it was not given.
            let sold = try await room.lot(of: .publicBody, acquisition: .purchase)
            _ = try await room.receive(sold, cents: 5_000, payment: .cheque)
            let dear = try await room.laptop(of: sold, serial: "BOUGHT77")
            try await room.prepare(dear)
            _ = try await room.shelve(dear, cents: 19_000)
        }
    }

    @Test("off the shelf and back, a machine keeps its lot and its ceiling")
    func ceilingStays() async throws {
        try await withStockRoom { room in
            let town = try await room.lot(of: .publicBody)
            let company = try await room.lot(of: .company)
            _ = try await room.receive(town)
            _ = try await room.receive(company)
            let label = try await room.laptop(of: town)
            try await room.prepare(label)
            _ = try await room.shelve(label, cents: 18_000)
            let later = room.later(days: 1)
            _ = try await later.store.takeOffShelf(
                label,
                motive: ShortText(typed: "Écran fendu", field: .motive),
                key: room.key(),
                by: room.staff
            )
            await room.expectRefusal(.deviceInBatch) { _ = try await later.add(label, to: company) }
            // Ticked at take-in, it stays so whatever lot it is then said to be of.
            let ticked = try await room.laptop(serial: "TICKED01", fromPublicBody: true)
            _ = try await room.add(ticked, to: company)
            try await room.prepare(ticked)
            await room.expectRefusal(.devicePriceAboveCeiling) {
                _ = try await room.shelve(ticked, cents: 18_001)
            }
        }
    }

    @Test("what became of a lot counts each machine once, recycled from the room or not")
    func yield() async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .company)
            _ = try await room.receive(batch)
            var labels: [DeviceLabel] = []
            for number in 1...5 {
                labels.append(try await room.laptop(of: batch, serial: "YIELD00\(number)"))
            }
            let loss = try Removal(
                .loss,
                on: StockRoom.noon.day,
                collector: nil,
                slip: nil,
                weight: nil,
                motive: "Introuvable"
            )
            let scrap = try Removal(
                .recycling,
                on: StockRoom.noon.day,
                collector: "Ecologic",
                slip: "BSD-1",
                weight: Grams(count: 2_000),
                motive: "HS"
            )
            for label in labels[0...1] {
                try await room.prepare(label)
                _ = try await room.shelve(label)
            }
            _ = try await room.remove(labels[1], scrap)
            _ = try await room.remove(labels[2], scrap)
            _ = try await room.remove(labels[3], loss)
            let yield = try await room.store.batch(batch).yield
            #expect(yield.inWork == 1 && yield.onShelf == 1 && yield.handedOver == 0)
            #expect(yield.recycled == 2 && yield.lost == 1)
            _ = try await room.restore(labels[1])
            #expect(try await room.store.batch(batch).yield.recycled == 1)
            await room.expectRefusal(.deviceRecycled) {
                _ = try await room.add(labels[2], to: batch)
            }
        }
    }

    @Test("a delivery or a machine without its entry is found")
    func strays() async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .company)
            _ = try await room.receive(batch)
            let label = try await room.laptop()
            #expect(
                await room.constraint(
                    """
                    insert into batch_devices (batch_id, device_id, recorded_at, recorded_by)
                    select b.id, d.id, \(StockRoom.noon), d.recorded_by from batches b, devices d
                    where d.label = \(label.description)
                    """
                ) == nil
            )
            let faults = try await room.store.verify(stock: false).faults
            #expect(faults.map(\.kind) == ["entry_missing"])
        }
    }

    @Test(
        "what is written of a donor is corrected, the kind until something came; deliveries keep what was true"
    )
    func corrected() async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .company)
            let donor = try await room.store.batch(batch).batch.donor
            func correct(kind: DonorKind? = nil, name: String? = nil) async throws {
                let facts = try await room.store.donor(donor).corrected(
                    kind: kind,
                    name: name,
                    contact: nil,
                    address: nil,
                    phone: nil,
                    email: nil
                )
                _ = try await room.store.correctDonor(
                    donor,
                    facts,
                    key: room.key(),
                    by: room.staff
                )
            }
            try await correct(kind: .publicBody, name: "Métropole de Lille")
            let card = try await room.store.donor(donor)
            #expect(card.donor.kind == .publicBody && card.donor.name == "Métropole de Lille")
            #expect(card.phone == "+33639981234")
            try await correct(kind: .person, name: "Ana Lima")
            #expect(try await room.store.donor(donor).donor.name == "Ana Lima")
            #expect(try await room.count("select count(*) from donors where name <> ''") == 0)
            try await correct(kind: .publicBody, name: "Métropole de Lille")
            _ = try await room.receive(batch)
            await room.expectRefusal(.donorKindFixed) { try await correct(kind: .company) }
            try await correct(name: "Ville de Lille")
            #expect(try await room.entries()[0].donorName == "Métropole de Lille")
            #expect(try await room.store.verify(stock: false).ok)
        }
    }

    @Test("a private person is known to the shops of their lots")
    func reach() async throws {
        try await withStockRoom { room in
            let batch = try await room.lot(of: .person)
            let donor = try await room.store.batch(batch).batch.donor
            let elsewhere = Reach.shops([room.store.newID()])
            await room.expectRefusal(.unknownThing) {
                _ = try await room.store.donor(donor, in: elsewhere)
            }
            #expect(try await room.store.donors(in: elsewhere).items.isEmpty)
            #expect(try await room.store.donors(in: .shops([room.shop])).items.count == 1)
            #expect(try await room.store.donors(matching: "lima").items.isEmpty)
        }
    }

    @Test("a machine that was sold and is given again goes on under its own record (P10)")
    func givenAgain() async throws {
        try await withWazemmes { at async throws -> Void in
            let room = StockRoom(
                store: at.store,
                sql: at.owner,
                staff: Staff(
                    id: at.seller,
                    operatorCode: at.staff().operatorCode,
                    name: "Karim",
                    language: .french,
                    firstDay: false,
                    roles: [Staff.Held(role: .stockManager, shop: nil)],
                    till: nil
                ),
                shop: at.shop,
                person: at.amina
            )
            let label = try DeviceLabel.typed(Wazemmes.label(1))
            let sale = try await at.store.sell(
                at.request(device: 1),
                key: at.key(),
                by: at.staff()
            )
            #expect(try await at.store.device(label).device.stage == .left)
            let batch = try await room.lot(of: .company)
            _ = try await room.receive(batch)
            let ordinal = try await room.add(label, to: batch).ordinal
            let card = try await at.store.device(label)
            #expect(card.device.stage == .inWork && card.batch == batch.description)
            #expect(!card.device.inspected)
            let entry = try await room.entries().first { $0.ordinal == ordinal }
            #expect(entry?.tickets == [] && sale.code.text.hasPrefix("LI1"))
            #expect(try await at.store.verify().ok)
            // Nobody brings it back, or leaves it out, without the register saying so.
            try await room.execute("alter table batch_devices disable trigger user")
            try await room.execute("update batch_devices set after_ordinal = null")
            let faults = try await at.store.verify(stock: false).faults
            #expect(faults.contains { $0.kind == "row" && $0.place.hasSuffix("after_stay") })
        }
    }
}

extension StockRoom {
    func staff(as role: Role) -> Staff {
        Staff(
            id: staff.id,
            operatorCode: staff.operatorCode,
            name: staff.name,
            language: .french,
            firstDay: false,
            roles: [Staff.Held(role: role, shop: nil)],
            till: nil
        )
    }

    static func seller() throws -> SellerIdentity {
        SellerIdentity(
            name: try PersonName(typed: "Ana Lima", field: .sellerName),
            address: try ShortText(typed: "3 rue de Solférino, Lille", field: .sellerAddress),
            document: .identityCard,
            number: try ShortText(typed: "12AB34567", field: .documentNumber),
            issuedOn: try Day(typed: "2020-05-04"),
            issuedBy: try ShortText(typed: "Préfecture du Nord", field: .issuedBy)
        )
    }

    /// A promised lot of ten laptops.
    func lot(of kind: DonorKind, acquisition: Acquisition = .gift) async throws -> BatchCode {
        let known = try await store.donors().items.first { $0.kind == kind }
        let donor: ID<Donor>
        if let known {
            donor = known.id
        } else {
            let name =
                switch kind {
                case .person: "Ana Lima"
                case .publicBody: "Mairie de Saint-Lin"
                case .company, .shop: "Métropole Services"
                }
            donor = try await store.addDonor(
                NewDonor(
                    kind: kind,
                    name: try ShortText(typed: name, field: .name),
                    siret: nil,
                    card: try DonorFacts(
                        contact: "Accueil",
                        address: "",
                        phone: "06 39 98 12 34",
                        email: ""
                    )
                ),
                key: key(),
                by: staff
            )
        }
        let code = try await store.promiseBatch(
            NewBatch(
                donor: donor,
                acquisition: acquisition,
                agreement: "",
                promisedOn: Self.noon.day,
                promised: KindCounts([.laptop: 10]),
                weight: nil,
                declaredValue: nil
            ),
            to: shop,
            key: key(),
            by: staff
        )
        return try BatchCode.typed(code)
    }

    /// Nine laptops and two screens.
    func receive(
        _ batch: BatchCode,
        cents: Int64 = 0,
        payment: AcquisitionPayment? = nil,
        seller: SellerIdentity? = nil,
        key: ID<Claim>? = nil
    ) async throws -> Registered {
        try await store.receiveBatch(
            batch,
            NewDelivery(
                receivedOn: Self.noon.day,
                units: KindCounts([.laptop: 9, .screen: 2]),
                weight: Grams(count: 30_500),
                price: Cents(cents),
                payment: payment,
                seller: seller
            ),
            key: key ?? self.key(),
            by: staff
        )
    }

    func laptop(of batch: BatchCode, serial: String = "5CD8123ABC") async throws -> DeviceLabel {
        let result = try await store.importHardware(
            [Self.laptop(serial: serial)],
            into: shop,
            fromPublicBody: false,
            batch: batch,
            by: staff
        )[0]
        guard case .new(let label?) = result.outcome else { throw Refusal(.deviceKnown) }
        return try DeviceLabel.typed(label)
    }

    func add(_ label: DeviceLabel, to batch: BatchCode) async throws -> Registered {
        try await store.addDevice(label, to: batch, key: key(), by: staff)
    }

    func entries() async throws -> [RegisterRow] {
        try await store.register(of: shop, by: staff).items
    }

    func expectRefusal(_ reason: Reason, _ body: () async throws -> Void) async {
        do {
            try await body()
            Issue.record("not refused: \(reason)")
        } catch let refusal as Refusal {
            #expect(refusal.reason == reason)
        } catch {
            Issue.record(error)
        }
    }
}
