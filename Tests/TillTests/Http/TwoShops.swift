import Foundation
import HTTPTypes
import Shop
import Store

@testable import Till

/// Two shops of one association, Lille and Roubaix: a user a role in each, and at Roubaix a till, machines, a course that
/// someone finished, a ticket, an employee and a browser at the till.
struct TwoShops: Sendable {
    let served: Served
    let roubaix: ID<Shop>
    let person: OpenedPerson
    let session: ID<Session>
    let attestation: String
    let sale: ID<Sale>
    let receipt: String
    let browser: ID<TillBrowser>
    /// A phone that Roubaix sold.
    let phone: DeviceLabel

    /// Who holds a role in one of the shops alone: `li.stock`, `ro.stock`.
    static func login(_ role: Role, in shop: String) -> String {
        shop.lowercased() + "." + role.rawValue.filter { $0 != "_" }.prefix(6)
    }

    /// A phone at Roubaix, with a memory that waits for its erasure.
    func machine() async throws -> String {
        try await served.store.takeInDevice(
            NewDevice(
                kind: .smartphone,
                maker: ShortText(typed: "Fairphone", field: .maker),
                model: ShortText(typed: "4", field: .model),
                serial: "",
                label: nil,
                disks: [.init(typed: "ssd:128")],
                fromPublicBody: false
            ),
            into: roubaix,
            key: served.store.newID(),
            by: served.store.staff(login: "admin", till: "RO1")
        )
    }

    /// A picture of that machine.
    func picture(of label: String) async throws -> ID<Picture> {
        let store = served.store
        let jpeg: [UInt8] = [0xff, 0xd8, 0xff, 0xd9]
        return try await store.addPicture(
            NewPicture(
                sha256: PictureTool.sha256(jpeg),
                width: 1,
                height: 1,
                full: jpeg,
                thumbnail: jpeg
            ),
            of: DeviceLabel.typed(label),
            caption: nil,
            key: store.newID(),
            by: store.staff(login: "admin", till: nil)
        ).picture.id
    }

    /// A test bench of Roubaix.
    func station() async throws -> OpenedStation {
        let store = served.store
        return try await store.openStation(
            named: ShortText(typed: "Banc", field: .name),
            in: roubaix,
            key: store.newID(),
            by: store.staff(login: "admin", till: nil)
        )
    }

    /// A file of that bench of which nobody can tell whether its machine is known: each is another.
    func waitingFile() async throws -> ID<WaitingFile> {
        let store = served.store
        let token = try await station().token
        guard let bench = try await store.station(token: token) else {
            throw Refusal(.unknownThing)
        }
        let text =
            #"{"id":"\#(store.newID(Claim.self))","class":"system","vendor":"HP","product":"ProBook","children":[{"id":"core","class":"bus","children":[]}]}"#
        let sent = try await store.receiveFile(
            HardwareUpload(path: "poste.json", bytes: Array(text.utf8)),
            from: bench
        )
        guard case .waiting(let file) = sent else { throw Refusal(.unknownThing) }
        return file.id
    }

    /// A signed sheet of Roubaix.
    func sheet() async throws -> ID<SignedSheet> {
        let store = served.store
        return try await store.attachSheet(
            SignedSheet(bytes: Array("%PDF-1.7 \(store.newID(Claim.self))".utf8)),
            to: session,
            key: store.newID(),
            by: store.staff(login: "admin", till: nil)
        ).sheet
    }

    /// A gift of Roubaix; its ticket.
    func gift() async throws -> ReceiptCode {
        try await served.store.sell(
            SaleRequest(
                buyer: .person(person.id),
                lines: [.product("petite-souris", quantity: 1)],
                tender: .gift("lille")
            ),
            key: served.store.newID(),
            by: served.store.staff(login: "admin", till: "RO1")
        ).code
    }

    /// A paper that was attached to the act of that gift.
    func paper(of ticket: ReceiptCode) async throws -> ID<SignedSheet> {
        let store = served.store
        let admin = try await store.staff(login: "admin", till: "RO1")
        _ = try await store.signHandOver(
            HandOverRequest(ticket: ticket, signature: .paper),
            act: store.handOverAct(ticket),
            document: Array("%PDF-1.7".utf8),
            key: store.newID(),
            by: admin
        )
        return try await store.attachHandOverSheet(
            SignedSheet(bytes: Array("%PDF-1.7 \(store.newID(Claim.self))".utf8)),
            to: ticket,
            key: store.newID(),
            by: admin
        ).sheet
    }

    /// A session of Roubaix that waits for its day.
    func plan() async throws -> ID<Session> {
        let store = served.store
        return try await store.planSession(
            SessionPlan(module: 1, plannedOn: store.today, startsAt: TimeOfDay(typed: "14:00")),
            in: RunCode(typed: "RO-2026-01"),
            key: store.newID(),
            by: store.staff(login: "admin", till: nil)
        ).id
    }

    /// Somebody received at Roubaix, whom nobody named.
    func visit() async throws -> ID<Visit> {
        let store = served.store
        return try await store.recordVisit(
            NewVisit(
                shop: roubaix,
                facts: VisitFacts(
                    kind: .visit,
                    heldOn: store.today,
                    today: store.today,
                    minutes: 30,
                    themes: ["email"]
                )
            ),
            key: store.newID(),
            by: store.staff(login: "admin", till: nil)
        ).visit
    }

    /// Somebody of a file of their own, expected at Roubaix before this day is over.
    func appointment() async throws -> ID<Appointment> {
        let store = served.store
        let admin = try await store.staff(login: "admin", till: nil)
        let somebody = try await store.createPerson(
            NewPerson(
                givenName: nil,
                familyName: PersonName(typed: "Martin", field: .familyName),
                phone: nil,
                birthYear: nil,
                livesWith: nil
            ),
            isSomebodyElse: true,
            key: store.newID(),
            by: admin
        )
        return try await store.bookAppointment(
            NewAppointment(
                shop: roubaix,
                person: somebody.id,
                kind: .visit,
                time: AppointmentTime(
                    plannedOn: store.today,
                    startsAt: TimeOfDay(typed: "23:59"),
                    minutes: 1
                ),
                receiver: nil
            ),
            key: store.newID(),
            by: admin
        ).appointment
    }

    static func furnish(_ served: Served) async throws -> TwoShops {
        let store = served.store
        let admin = try await store.staff(login: "admin", till: nil)
        let roubaix = try await store.openShop(
            NewShop(
                code: ShopCode(typed: "RO"),
                name: ShortText(typed: "Roubaix", field: .shop),
                address: ShortText(typed: "2 rue de Lannoy", field: .address),
                postalCode: PostalCode(typed: "59100"),
                city: ShortText(typed: "Roubaix", field: .city),
                siret: Siret(typed: "73282932000074")
            ),
            key: store.newID(),
            by: admin
        ).id
        _ = try await store.openTill(
            NewTill(code: TillCode(typed: "RO1"), name: ShortText(typed: "Caisse", field: .till)),
            key: store.newID(),
            by: admin
        )
        try await closeDay(store, "RO9", admin)
        for shop in ["LI", "RO"] {
            for role in Role.allCases {
                try await served.add(login(role, in: shop), role, in: shop)
            }
        }
        try await served.add("ro.employee", .volunteerSeller, .facilitator, in: "RO")
        let atRoubaix = try await store.staff(login: "admin", till: "RO1")
        let person = try await store.createPerson(
            NewPerson(
                givenName: .optional(typed: "Amina", field: .givenName),
                familyName: PersonName(typed: "Martin", field: .familyName),
                phone: nil,
                birthYear: nil,
                livesWith: nil
            ),
            isSomebodyElse: true,
            key: store.newID(),
            by: admin
        )
        let course = try await course(store, admin, roubaix, person.id)
        let sale = try await sale(store, atRoubaix)
        _ = try await store.enrolBrowser(
            at: TillCode(typed: "RO1"),
            token: "",
            by: atRoubaix
        )
        let browsers = try await store.browsersAtTills(in: .shops([roubaix]))
        return TwoShops(
            served: served,
            roubaix: roubaix,
            person: person,
            session: course.session,
            attestation: course.attestation,
            sale: sale,
            receipt: try await store.receipt(of: sale).code.text,
            browser: browsers[0].id,
            phone: try await phone(store, roubaix, person.id)
        )
    }

    private static func course(
        _ store: Store,
        _ admin: Staff,
        _ roubaix: ID<Shop>,
        _ person: ID<Person>
    ) async throws -> (session: ID<Session>, attestation: String) {
        let day = store.today
        _ = try await store.createProgramme(
            NewProgramme(
                code: ShortCode(typed: "lille"),
                name: ShortText(typed: "Parents", field: .name),
                territory: ShortText(typed: "Lille", field: .territory),
                startsOn: day,
                endsOn: day,
                parentsTarget: 1,
                runsTarget: 1,
                funders: []
            ),
            key: store.newID(),
            by: admin
        )
        _ = try await store.createCourse(
            NewCourse(
                code: ShortCode(typed: "parents"),
                name: ShortText(typed: "Parents", field: .name),
                modules: [
                    NewModule(
                        kind: .basic,
                        name: ShortText(typed: "Module", field: .module),
                        plannedMinutes: 60
                    )
                ]
            ),
            key: store.newID(),
            by: admin
        )
        let structure = try await store.createStructure(
            NewStructure(
                name: ShortText(typed: "Horizons", field: .name),
                kind: .prevention,
                agreementStartsOn: day
            ),
            key: store.newID(),
            by: admin
        )
        let run = try RunCode(typed: "RO-2026-01")
        _ = try await store.mobiliseRun(
            NewRun(
                code: run,
                course: ShortCode(typed: "parents"),
                programme: ShortCode(typed: "lille"),
                structure: structure,
                shop: roubaix,
                facilitator: admin.id,
                place: "",
                startsOn: day
            ),
            key: store.newID(),
            by: admin
        )
        _ = try await store.enrol(person, in: run, key: store.newID(), by: admin)
        let session = try await store.holdSession(
            HeldSession(run: run, module: 1, heldOn: day, deliveredMinutes: 60),
            key: store.newID(),
            by: admin
        ).id
        let outcome = try await store.complete(
            CompletionRequest(run: run),
            key: store.newID(),
            by: admin
        )
        return (session, outcome.completed[0].code)
    }

    /// A till that was opened and counted, and whose day is closed.
    private static func closeDay(_ store: Store, _ code: String, _ admin: Staff) async throws {
        _ = try await store.openTill(
            NewTill(code: TillCode(typed: code), name: ShortText(typed: code, field: .till)),
            key: store.newID(),
            by: admin
        )
        let there = try await store.staff(login: "admin", till: code)
        _ = try await store.openDrawer(float: .zero, key: store.newID(), by: there)
        _ = try await store.closeDrawer(
            DrawerCount(cash: .zero, card: .zero, cheque: .zero, reason: nil),
            key: store.newID(),
            by: there
        )
        _ = try await store.closePeriod(.day, key: store.newID(), by: there)
    }

    private static func sale(_ store: Store, _ staff: Staff) async throws -> ID<Sale> {
        let mouse = try ShortCode(typed: "petite-souris")
        _ = try await store.createProduct(
            NewProduct(
                code: mouse,
                kind: .accessory,
                category: nil,
                nameFrench: ShortText(typed: "Souris", field: .nameFrench),
                nameEnglish: ShortText(typed: "Mouse", field: .nameEnglish)
            ),
            key: store.newID(),
            by: staff
        )
        _ = try await store.setOffer(
            NewOffer(product: mouse, startsOn: store.today, price: Cents(300)),
            key: store.newID(),
            by: staff
        )
        _ = try await store.receiveStock(
            of: mouse,
            units: 900,
            in: staff.place().shop,
            key: store.newID(),
            by: staff
        )
        // A first drawer, opened and closed: its closing belongs to the shop.
        _ = try await store.openDrawer(float: Cents(5000), key: store.newID(), by: staff)
        _ = try await store.closeDrawer(
            DrawerCount(cash: Cents(5000), card: .zero, cheque: .zero, reason: nil),
            key: store.newID(),
            by: staff
        )
        _ = try await store.openDrawer(float: Cents(5000), key: store.newID(), by: staff)
        return try await store.sell(
            SaleRequest(
                buyer: nil,
                lines: [.product(mouse.text, quantity: 1)],
                tender: .payments([.init(means: .cash, tendered: Cents(300))])
            ),
            key: store.newID(),
            by: staff
        ).sale.id
    }

    struct Asked: Sendable {
        let path: String
        var form: [String: String]?
        var body: String?
        var file: [UInt8]?
        var key: String?
    }
}
