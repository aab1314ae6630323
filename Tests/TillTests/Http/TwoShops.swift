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
    private func picture(of label: String) async throws -> ID<Picture> {
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

    /// What is sent to a route of Roubaix, in whole: address and body.
    func asked(_ line: AccessLine) async throws -> Asked {
        let path = try await path(of: line)
        let key = served.store.newID(Claim.self).text
        let today = served.store.today.iso
        let tomorrow = served.store.today.adding(days: 1).iso
        func form(_ fields: [String: String] = [:]) -> Asked {
            Asked(path: path, form: fields.merging(["key": key]) { $1 })
        }
        switch "\(line.method) \(line.path)" {
        case "POST /account/till": return form(["till": "RO1"])
        case "POST /api/v1/sign-ins/till": return Asked(path: path, body: #"{"till": "RO1"}"#)
        case "POST /stations": return form(["name": "Banc 2", "shop": "RO"])
        case "POST /api/v1/stations":
            return Asked(path: path, body: #"{"name": "Banc 2", "shop": "RO"}"#, key: key)
        case "POST /api/v1/stations/{code}/batch":
            return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/waiting-files/{id}/taking":
            return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/hardware-files":
            return Asked(path: path + "?shop=RO&name=poste.json", body: "{}")
        case "POST /api/v1/products/{code}/thresholds":
            return Asked(path: path + "?shop=RO", body: #"{"units": 1}"#, key: key)
        case "POST /api/v1/products/{code}/stock":
            return Asked(path: path + "?shop=RO", body: #"{"units": 1}"#, key: key)
        case "POST /api/v1/quotas", "POST /api/v1/quotas/preview", "POST /api/v1/quotas/rehearsal":
            let rule = #""code": "roubaix-\#(line.path.count)", "category": "equipment""#
            return Asked(
                path: path,
                body: #"{\#(rule), "holder": "person", "units_max": 1, "shop": "\#(roubaix)"}"#,
                key: key
            )
        case "POST /hand-overs/{ticket}": return form(["way": "paper"])
        case "POST /api/v1/hand-overs/{ticket}":
            return Asked(path: path, body: #"{"way": "paper"}"#, key: key)
        case "POST /api/v1/hand-overs/{ticket}/sheets":
            return Asked(path: path, body: "%PDF-1.7 \(key)", key: key)
        case "POST /api/v1/refunds":
            return Asked(
                path: path,
                body: #"{"key": "\#(key)", "sale": "\#(sale)", "reason": "other", "means": "cash"}"#
            )
        case "POST /api/v1/questionnaires/{enrolment}/{moment}":
            return Asked(path: path, body: #"{"means": "phone"}"#, key: key)
        case "POST /questionnaires/{enrolment}/{moment}":
            let version = try await served.store.questionnaires().first { $0.moment == .entry }
            return form([
                "means": "phone", "answered_on": today, "version": version?.id.text ?? "",
            ])
        case "POST /api/v1/runs/{code}/completions":
            return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/sessions/{session}/attendance":
            return Asked(path: path, body: "[]", key: key)
        case "POST /api/v1/runs/{code}/plans", "POST /api/v1/sessions/{session}/plan":
            return Asked(
                path: path,
                body: #"{"module": 1, "planned_on": "\#(today)", "starts_at": "14:00"}"#,
                key: key
            )
        case "POST /api/v1/runs/{code}/sessions":
            return Asked(
                path: path,
                body: #"{"module": 1, "held_on": "\#(today)", "delivered_minutes": 60}"#,
                key: key
            )
        case "POST /api/v1/sessions/{session}/cancellation":
            return Asked(path: path, body: #"{"motive": "Grève"}"#, key: key)
        case "POST /runs/{code}/plans", "POST /runs/{code}/plans/{session}":
            return form(["module": "1", "planned_on": today, "starts_at": "14:00"])
        case "POST /runs/{code}/plans/{session}/cancellation":
            return form(["motive": "why", "why": "Grève"])
        case "POST /api/v1/runs/{code}/enrolments":
            return Asked(path: path, body: #"{"person": "\#(person.code)"}"#, key: key)
        case "POST /api/v1/runs/{code}/admissions", "POST /api/v1/runs/{code}/helpers/{login}/end":
            return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/attestations/{code}/revocation":
            return Asked(path: path, body: #"{"motive": "Erreur"}"#, key: key)
        case "POST /runs/{code}/revocations":
            return form(["attestation": attestation, "motive": "why", "why": "Erreur"])
        case "POST /api/v1/sessions/{session}/sheets":
            return Asked(path: path, body: "%PDF-1.7 \(key)", key: key)
        case "POST /api/v1/sessions/{session}/corrections":
            return Asked(path: path, body: #"{"motive": "Erreur", "attendance": []}"#, key: key)
        case "POST /runs/{code}/sessions/{session}/corrections":
            return form(["correction_motive": "Erreur"])
        case "POST /api/v1/sessions/{session}/catch-ups":
            return Asked(
                path: path,
                body: #"{"person": "\#(person.code)", "status": "seen"}"#,
                key: key
            )
        case "POST /runs/{code}/sessions/{session}/catch-ups":
            return form(["person": person.code])
        case "POST /runs/{code}/sessions/{session}/search": return form(["guest": "Martin"])
        case "POST /api/v1/runs/{code}/seats":
            return Asked(path: path, body: #"{"seats": 8}"#, key: key)
        case "POST /api/v1/runs/{code}/helpers":
            return Asked(path: path, body: #"{"login": "admin", "part": "volunteer"}"#, key: key)
        case "POST /api/v1/runs/{code}/opening":
            return Asked(path: path, body: #"{"is_open": true}"#, key: key)
        case "POST /runs/{code}/opening": return form(["open": "yes"])
        case "POST /runs/{code}/seats": return form(["seats": "8"])
        case "POST /runs/{code}/helpers": return form(["login": "admin", "part": "volunteer"])
        case "POST /api/v1/batches":
            return Asked(
                path: path,
                body:
                    #"{"donor": "\#(try await donor())", "acquisition": "gift", "shop": "RO"}"#,
                key: key
            )
        case "POST /batches":
            return form([
                "donor": try await donor().text, "acquisition": "gift", "promised_on": today,
                "shop": "RO",
            ])
        case "POST /api/v1/batches/{code}/deliveries":
            return Asked(
                path: path,
                body: #"{"received": [{"kind": "laptop", "units": 1}]}"#,
                key: key
            )
        case "POST /batches/{code}/deliveries":
            return form(["received_on": today, "units_laptop": "1"])
        case "POST /api/v1/batches/{code}/devices":
            return Asked(path: path, body: #"{"label": "\#(try await machine())"}"#, key: key)
        case "POST /batches/{code}/devices": return form(["label": try await machine()])
        case "POST /api/v1/transfers":
            return Asked(
                path: path,
                body: #"{"shop": "RO", "to": "LI", "devices": ["\#(try await machine())"]}"#,
                key: key
            )
        case "POST /transfers":
            return form(["shop": "RO", "to": "LI", "labels": try await machine()])
        case "POST /api/v1/transfers/{code}/arrivals":
            return Asked(path: path, body: #"{"last": true, "motive": "Absent"}"#, key: key)
        case "POST /transfers/{code}/arrivals": return form(["act": "all"])
        case "POST /api/v1/transfers/{code}/findings":
            let (slip, label) = try await missing()
            return Asked(
                path: line.path.replacing("{code}", with: slip),
                body: #"{"devices": ["\#(label)"]}"#,
                key: key
            )
        case "POST /transfers/{code}/findings":
            let (slip, label) = try await missing()
            return Asked(
                path: line.path.replacing("{code}", with: slip),
                form: ["key": key, "labels": label]
            )
        case "POST /api/v1/orders":
            let mice = #"[{"product": "petite-souris", "units": 2}]"#
            return Asked(
                path: path,
                body:
                    #"{"shop": "RO", "supplier": "Grossiste", "expected_on": "\#(today)", "products": \#(mice)}"#,
                key: key
            )
        case "POST /orders":
            return form([
                "shop": "RO", "supplier": "Grossiste", "expected_on": today,
                "units-petite-souris": "2",
            ])
        case "POST /api/v1/orders/{code}/receipts":
            return Asked(
                path: path,
                body: #"{"products": [{"product": "petite-souris", "units": 1}]}"#,
                key: key
            )
        case "POST /orders/{code}/receipts": return form(["units-petite-souris": "1"])
        case "POST /api/v1/orders/{code}/end":
            return Asked(path: path, body: #"{"motive": "Rupture"}"#, key: key)
        case "POST /orders/{code}/end": return form(["motive": "Rupture"])
        case "POST /api/v1/counts":
            try await endCounts()
            return Asked(path: path, body: #"{"shop": "RO"}"#, key: key)
        case "POST /counts":
            try await endCounts()
            return form(["shop": "RO", "scope": "all"])
        case "GET /api/v1/counts/{code}/devices":
            return Asked(path: path + "?outcome=missing")
        case "POST /api/v1/counts/{code}/scans":
            return Asked(path: path, body: #"{"scanned": "ROSM26-0001"}"#, key: key)
        case "POST /counts/{code}/scans": return form(["scanned": "ROSM26-0001"])
        case "POST /api/v1/counts/{code}/units":
            return Asked(path: path, body: #"{"products": []}"#, key: key)
        case "POST /counts/{code}/units": return form([:])
        case "POST /api/v1/counts/{code}/abandonment":
            return Asked(path: path, body: #"{"motive": "Essai"}"#, key: key)
        case "POST /counts/{code}/abandonment": return form(["motive": "Essai"])
        case "POST /locations": return form(["shop": "RO", "room": key, "shelves": ""])
        case "POST /api/v1/locations":
            return Asked(path: path, body: #"{"shop": "RO", "room": "\#(key)"}"#, key: key)
        case "POST /locations/{code}/devices":
            return form(["scanned": try await machine()])
        case "POST /api/v1/locations/{code}/devices":
            let label = try await machine()
            return Asked(path: path, body: #"{"scanned": "\#(label)"}"#, key: key)
        case "GET /after-sales/new": return Asked(path: path + "?label=\(phone)")
        case "POST /after-sales": return form(["label": phone.description, "symptom": "other"])
        case "POST /api/v1/after-sales":
            return Asked(
                path: path,
                body: #"{"label": "\#(phone)", "symptom": "other"}"#,
                key: key
            )
        case "POST /after-sales/{code}/steps": return form(["act": "diagnose", "answers": "3-2"])
        case "POST /api/v1/after-sales/{code}/steps":
            return Asked(path: path, body: #"{"act": "diagnose", "answers": "3-2"}"#, key: key)
        case "POST /after-sales/{code}/exchange": return form(["replacement": phone.description])
        case "POST /api/v1/after-sales/{code}/exchange":
            return Asked(path: path, body: #"{"replacement": "\#(phone)"}"#, key: key)
        case "POST /after-sales/{code}/refund": return form(["means": "cash"])
        case "POST /api/v1/after-sales/{code}/refund":
            return Asked(path: path, body: #"{"means": "cash"}"#, key: key)
        case "GET /api/v1/register", "GET /register", "GET /register.csv":
            return Asked(path: path + "?shop=RO")
        case "POST /api/v1/register/corrections":
            return Asked(
                path: path,
                body: #"{"ordinal": 1, "correction": "Deux écrans", "shop": "RO"}"#,
                key: key
            )
        case "POST /register/corrections":
            return form(["ordinal": "1", "correction": "Deux écrans", "shop": "RO"])
        case "POST /devices":
            return form(["shop": "RO", "kind": "smartphone", "maker": "Nokia", "model": "3310"])
        case "POST /devices/{label}/erasures":
            return form(["method": "destruction", "level": "destroy", "tool": "étau"])
        case "POST /devices/{label}/reservations":
            return form(["person": person.code, "until": today])
        case "POST /devices/{label}/price": return form(["grade": "b", "price": "12"])
        case "POST /devices/{label}/withdrawal": return form(["motive": "Écran fendu"])
        case "POST /api/v1/devices":
            return Asked(
                path: path,
                body: #"{"shop": "RO", "kind": "screen", "maker": "Dell", "model": "P22"}"#,
                key: key
            )
        case "POST /api/v1/devices/{label}/erasures":
            return Asked(
                path: path,
                body: """
                    {"method": "destruction", "level": "destroy", "tool": "étau", "verified": true}
                    """,
                key: key
            )
        case "POST /api/v1/devices/{label}/disks/removal":
            return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/devices/{label}/reservations":
            return Asked(
                path: path,
                body: #"{"person": "\#(person.code)", "until": "\#(today)"}"#,
                key: key
            )
        case "POST /api/v1/devices/{label}/price":
            return Asked(path: path, body: #"{"price_cents": 1200}"#, key: key)
        case "POST /devices/{label}/pictures/{id}/passport": return form(["shown": "yes"])
        case "POST /api/v1/devices/{label}/pictures/{id}/passport":
            return Asked(path: path, body: #"{"shown": true}"#, key: key)
        case "POST /api/v1/devices/{label}/pictures/{id}/removal":
            return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/devices/{label}/pictures":
            return Asked(path: path, file: try Photo.png(), key: key)
        case "POST /devices/{label}/removals":
            return form([
                "removal": "loss", "removed_on": today, "removal_motive": "Introuvable",
            ])
        case "POST /api/v1/devices/{label}/removals":
            return Asked(path: path, body: #"{"kind": "loss", "motive": "Perdu"}"#, key: key)
        case "POST /devices/{label}/location": return form(["scanned": try await location()])
        case "POST /devices/{label}/removals/reversal": return form(["motive": "Retrouvé"])
        case "POST /api/v1/devices/{label}/removals/reversal":
            return Asked(path: path, body: #"{"motive": "Retrouvé"}"#, key: key)
        case "POST /api/v1/devices/{label}/withdrawal":
            return Asked(path: path, body: #"{"motive": "Écran fendu"}"#, key: key)
        case "POST /runs/{code}/withdrawals":
            return form(["person": person.code, "motive": "why", "why": "Déménagement"])
        case "POST /api/v1/runs/{code}/withdrawals":
            return Asked(
                path: path,
                body: #"{"person": "\#(person.code)", "motive": "Déménagement"}"#,
                key: key
            )
        case "POST /api/v1/visits":
            return Asked(
                path: path,
                body: #"{"shop": "RO", "kind": "visit", "minutes": 30, "themes": ["email"]}"#,
                key: key
            )
        case "POST /api/v1/visits/{visit}/take-back":
            return Asked(path: path, body: #"{"motive": "slip"}"#, key: key)
        case "POST /api/v1/appointments":
            let when = #""planned_on": "\#(tomorrow)", "starts_at": "10:00", "minutes": 15"#
            let whose = #""shop": "RO", "person": "\#(person.code)", "kind": "visit""#
            return Asked(path: path, body: "{\(whose), \(when)}", key: key)
        case "POST /api/v1/appointments/{appointment}/end":
            return Asked(path: path, body: #"{"how": "cancelled", "motive": "shop"}"#, key: key)
        case "POST /api/v1/appointments/{appointment}/move":
            return Asked(
                path: path,
                body: #"{"planned_on": "\#(tomorrow)", "starts_at": "12:00", "minutes": 5}"#,
                key: key
            )
        case "POST /help-desk/visits":
            return form([
                "shop": "RO", "kind": "visit", "held_on": today, "minutes": "30", "themes": "email",
            ])
        case "POST /help-desk/visits/{visit}/take-back": return form(["motive": "slip"])
        case "POST /help-desk/appointments":
            return form([
                "shop": "RO", "who": person.code, "kind": "visit", "planned_on": tomorrow,
                "starts_at": "11:00", "minutes": "5",
            ])
        case "POST /help-desk/appointments/{appointment}/move":
            return form(["planned_on": tomorrow, "starts_at": "13:00", "minutes": "5"])
        case "POST /help-desk/appointments/{appointment}/cancellation":
            return form(["motive": "shop"])
        case "POST /api/v1/devices/{label}/gradings":
            return Asked(path: path, body: #"{"mark": 3000, "memory_gb": 4}"#, key: key)
        case "POST /api/v1/devices/{label}/kit":
            let charger = #"[{"product": "usb-charger", "found": "present"}]"#
            return Asked(path: path, body: #"{"parts": \#(charger)}"#, key: key)
        case "POST /devices/{label}/kit": return form(["all": "yes"])
        case "POST /api/v1/devices/{label}/inspections":
            return Asked(path: path, body: #"{"list_starts_on": "2000-01-01"}"#, key: key)
        case "POST /api/v1/devices/{label}/stays":
            return Asked(path: path, body: #"{"grade": "b", "price_cents": 1000}"#, key: key)
        case "POST /devices/{label}/stays": return form(["grade": "b", "price": "10"])
        case "POST /products/thresholds":
            return form(["shop": "RO", "watched": "petite-souris", "threshold": "2"])
        case "POST /products/stock":
            return form(["shop": "RO", "received": "petite-souris", "quantity": "1"])
        case "POST /runs":
            return form([
                "shop": "RO", "structure": "Horizons", "facilitator": "admin", "code": "RO-2026-02",
                "course": "parents", "programme": "lille", "starts_on": today,
            ])
        case "POST /workplace": return form(["shop": "RO"])
        case "POST /runs/{code}/enrolments": return form(["person": person.code])
        case "POST /runs/{code}/search": return form(["q": "Martin"])
        case "POST /runs/{code}/sessions":
            return form(["module": "1", "held_on": today, "delivered_minutes": "60"])
        case "POST /tills": return form(["code": "RO2", "till_name": "Caisse 2"])
        case "POST /tills/{code}/scan-gap": return form(["gap": "120"])
        case "POST /api/v1/tills/{code}/scan-gap":
            return Asked(path: path, body: #"{"gap_ms": 120}"#, key: key)
        case "POST /users":
            return form([
                "login": "ro.next", "name": "Suivante", "operator": "RONEXT",
                "password": Served.password, "role": "volunteer_seller", "shop": "RO",
            ])
        case "POST /users/{login}/password": return form(["password": "cinq six sept huit"])
        case "POST /users/{login}/role": return form(["role": "accountant", "shop": "RO"])
        case "POST /users/{login}/role/end": return form(["role": "facilitator", "shop": "RO"])
        default: return line.method == "GET" ? Asked(path: path) : form()
        }
    }

    private func path(of line: AccessLine) async throws -> String {
        var path = line.path
        if path.contains("{label}") {
            let label = try await machine()
            if path.hasSuffix("/reservations/end") {
                _ = try await served.store.reserveDevice(
                    DeviceLabel.typed(label),
                    for: person.id,
                    until: served.store.today,
                    key: served.store.newID(),
                    by: served.store.staff(login: "admin", till: nil)
                )
            }
            if path.hasSuffix("/removals/reversal") {
                let staff = try await served.store.staff(login: "admin", till: nil)
                let loss = try Removal(
                    .loss,
                    on: served.store.today,
                    collector: nil,
                    slip: nil,
                    weight: nil,
                    motive: "Introuvable"
                )
                _ = try await served.store.removeDevice(
                    DeviceLabel.typed(label),
                    loss,
                    key: served.store.newID(),
                    by: staff
                )
            }
            if path.contains("/pictures/{id}") {
                path = path.replacing("{id}", with: try await picture(of: label).text)
            }
            path = path.replacing("{label}", with: label)
        }
        if path.contains("/after-sales/{code}") {
            path = path.replacing("{code}", with: try await afterSales())
        }
        if path.contains("/batches/{code}") {
            path = path.replacing("{code}", with: try await lot().batch)
        }
        if path.contains("/orders/{code}") {
            path = path.replacing("{code}", with: try await order())
        }
        if path.contains("/transfers/{code}") {
            path = path.replacing("{code}", with: try await transfer())
        }
        if path.contains("/counts/{code}") {
            let isClosed = path.hasSuffix("/application") || path.hasSuffix("/devices")
            path = path.replacing("{code}", with: try await count(isClosed: isClosed))
        }
        if path.contains("/locations/{code}") {
            path = path.replacing("{code}", with: try await location())
        }
        if path == "/register/{shop}/{ordinal}" {
            path = "/register/RO/\(try await lot(of: .person).ordinal)"
        }
        if path.contains("/donors/{id}") {
            path = path.replacing("{id}", with: try await donor().text)
        }
        if path.contains("/helpers/{login}") {
            _ = try? await served.store.addHelper(
                "ro.employee",
                as: .volunteer,
                to: RunCode(typed: "RO-2026-01"),
                key: served.store.newID(),
                by: served.store.staff(login: "admin", till: nil)
            )
        }
        if path.contains("/stations/{code}") {
            path = path.replacing("{code}", with: try await station().code)
        }
        if path.contains("/waiting-files/{id}") {
            path = path.replacing("{id}", with: try await waitingFile().text)
        }
        if path.contains("{ticket}") {
            let ticket = try await gift()
            path = path.replacing("{ticket}", with: ticket.text)
            if path.contains("{sheet}") || path.hasSuffix("/act.pdf") || path.hasSuffix("/sheets") {
                path = path.replacing("{sheet}", with: try await paper(of: ticket).text)
            }
        }
        if path.contains("{visit}") {
            path = path.replacing("{visit}", with: try await visit().text)
        }
        if path.contains("{appointment}") {
            path = path.replacing("{appointment}", with: try await appointment().text)
        }
        if path.contains("{enrolment}") {
            let enrolment = try await served.store.enrolment(
                of: person.id,
                in: RunCode(typed: "RO-2026-01")
            )
            path = path.replacing("{enrolment}", with: enrolment.text)
        }
        path = path.replacing("{moment}", with: "entry")
        if path.contains("{sheet}") {
            path = path.replacing("{sheet}", with: try await sheet().text)
        }
        if path.contains("/plan") || path.hasSuffix("/cancellation") {
            path = path.replacing("{session}", with: try await plan().text)
        }
        let code =
            path.contains("/attestations")
            ? attestation
            : path.contains("/receipts/")
                ? receipt
                : path.contains("runs") ? "RO-2026-01" : path.contains("/tills/") ? "RO1" : nil
        return path.replacing("{code}", with: code ?? "petite-souris")
            .replacing("{till}", with: "RO1").replacing("{drawer}", with: "1")
            .replacing("{session}", with: session.text)
            .replacing("{login}", with: "ro.employee")
            .replacing("{id}", with: path.hasPrefix("/till-browsers") ? browser.text : sale.text)
    }

    struct Asked: Sendable {
        let path: String
        var form: [String: String]?
        var body: String?
        var file: [UInt8]?
        var key: String?
    }
}

/// A line of access.txt.
struct AccessLine: Sendable {
    let method: String
    let path: String
    /// Another shop's answers as if it were not there.
    let isOwn: Bool
    let who: String

    /// Every line, in the file's order.
    static func all(_ file: String = #filePath) throws -> [AccessLine] {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "access.txt"), encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 4, ["own", "all"].contains(words[2]) else { return nil }
            return AccessLine(
                method: words[0],
                path: words[1],
                isOwn: words[2] == "own",
                who: words[3]
            )
        }
    }

    /// Whether someone who is signed in with this role, or with none, gets in.
    func admits(_ role: Role?) -> Bool {
        switch who {
        case "anyone", "signed-in": true
        case "every-role": role != nil
        default: role.map { named.contains($0) } ?? false
        }
    }

    var named: [Role] {
        who.split(separator: ",").compactMap { Role(rawValue: String($0)) }
    }
}

extension Route {
    /// As access.txt says it.
    var written: String {
        let who =
            switch access {
            case .anyone: "anyone"
            case .signedIn: "signed-in"
            case .prescribers: "prescribers"
            case .stations: "stations"
            case .roles(.everyone): "every-role"
            case .roles(let roles): roles.map(\.rawValue).sorted().joined(separator: ",")
            }
        return "\(method.rawValue) \(path) \(who)"
    }
}
