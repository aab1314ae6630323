import Shop
import Store

extension TwoShops {
    /// A question in the making: the address is that of something of Roubaix.
    struct Question: Sendable {
        let line: AccessLine
        let path: String
        let key: String
        let today: String
        let tomorrow: String

        func form(_ fields: [String: String] = [:]) -> Asked {
            Asked(path: path, form: fields.merging(["key": key]) { $1 })
        }
    }

    /// What is sent to a route of Roubaix, in whole: address and body.
    func asked(_ line: AccessLine) async throws -> Asked {
        let question = Question(
            line: line,
            path: try await path(of: line),
            key: served.store.newID(Claim.self).text,
            today: served.store.today.iso,
            tomorrow: served.store.today.adding(days: 1).iso
        )
        for ask in [
            askedAtCounter, askedOfCourse, askedOfDevice, askedOfStockRoom, askedOfHelpDesk,
            askedOfVault,
        ] {
            if let asked = try await ask(question) { return asked }
        }
        return line.method == "GET" ? Asked(path: question.path) : question.form()
    }
}

extension TwoShops {
    /// What is sent to routes at the counter and of users; nil for those of another subject.
    func askedAtCounter(_ question: Question) async throws -> Asked? {
        let (path, key) = (question.path, question.key)
        switch "\(question.line.method) \(question.line.path)" {
        case "POST /account/till": return question.form(["till": "RO1"])
        case "POST /api/v1/sign-ins/till": return Asked(path: path, body: #"{"till": "RO1"}"#)
        case "POST /api/v1/quotas", "POST /api/v1/quotas/preview", "POST /api/v1/quotas/rehearsal":
            let rule = #""code": "roubaix-\#(question.line.path.count)", "category": "equipment""#
            return Asked(
                path: path,
                body: #"{\#(rule), "holder": "person", "units_max": 1, "shop": "\#(roubaix)"}"#,
                key: key
            )
        case "POST /hand-overs/{ticket}": return question.form(["way": "paper"])
        case "POST /api/v1/hand-overs/{ticket}":
            return Asked(path: path, body: #"{"way": "paper"}"#, key: key)
        case "POST /api/v1/hand-overs/{ticket}/sheets":
            return Asked(path: path, body: "%PDF-1.7 \(key)", key: key)
        case "POST /api/v1/refunds":
            return Asked(
                path: path,
                body: #"{"key": "\#(key)", "sale": "\#(sale)", "reason": "other", "means": "cash"}"#
            )
        case "POST /closings": return question.form(["period": "day"])
        case "POST /api/v1/closings": return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/drawers/current/moves":
            return Asked(
                path: path,
                body: #"{"key": "\#(key)", "kind": "in", "motive": "change", "amount_cents": 500}"#
            )
        case "POST /api/v1/voids":
            return Asked(
                path: path,
                body: #"{"key": "\#(key)", "all": false, "lines": 1, "cents": 300}"#
            )
        case "POST /workplace": return question.form(["shop": "RO"])
        case "POST /tills": return question.form(["code": "RO2", "till_name": "Caisse 2"])
        case "POST /tills/{code}/scan-gap": return question.form(["gap": "120"])
        case "POST /api/v1/tills/{code}/scan-gap":
            return Asked(path: path, body: #"{"gap_ms": 120}"#, key: key)
        case "POST /users":
            return question.form([
                "login": "ro.next", "name": "Suivante", "operator": "RONEXT",
                "password": Served.password, "role": "volunteer_seller", "shop": "RO",
            ])
        case "POST /users/{login}/password":
            return question.form(["password": "cinq six sept huit"])
        case "POST /users/{login}/role": return question.form(["role": "accountant", "shop": "RO"])
        case "POST /users/{login}/role/end":
            return question.form(["role": "facilitator", "shop": "RO"])
        default: return nil
        }
    }
}

extension TwoShops {
    /// What is sent to routes of the help desk; nil for those of another subject.
    func askedOfHelpDesk(_ question: Question) async throws -> Asked? {
        let (path, key, today, tomorrow) = (
            question.path, question.key, question.today, question.tomorrow
        )
        switch "\(question.line.method) \(question.line.path)" {
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
            return question.form([
                "shop": "RO", "kind": "visit", "held_on": today, "minutes": "30", "themes": "email",
            ])
        case "POST /help-desk/visits/{visit}/take-back": return question.form(["motive": "slip"])
        case "POST /help-desk/appointments":
            return question.form([
                "shop": "RO", "who": person.code, "kind": "visit", "planned_on": tomorrow,
                "starts_at": "11:00", "minutes": "5",
            ])
        case "POST /help-desk/appointments/{appointment}/move":
            return question.form(["planned_on": tomorrow, "starts_at": "13:00", "minutes": "5"])
        case "POST /help-desk/appointments/{appointment}/cancellation":
            return question.form(["motive": "shop"])
        default: return nil
        }
    }
}
