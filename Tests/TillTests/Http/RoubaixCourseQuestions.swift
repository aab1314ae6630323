import Shop
import Store

extension TwoShops {
    /// What is sent to routes of courses; nil for those of another subject.
    func askedOfCourse(_ question: Question) async throws -> Asked? {
        let (path, key, today) = (question.path, question.key, question.today)
        switch "\(question.line.method) \(question.line.path)" {
        case "POST /api/v1/questionnaires/{enrolment}/{moment}":
            return Asked(path: path, body: #"{"means": "phone"}"#, key: key)
        case "POST /questionnaires/{enrolment}/{moment}":
            let version = try await served.store.questionnaires().first { $0.moment == .entry }
            return question.form([
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
            return question.form(["module": "1", "planned_on": today, "starts_at": "14:00"])
        case "POST /runs/{code}/plans/{session}/cancellation":
            return question.form(["motive": "why", "why": "Grève"])
        case "POST /api/v1/runs/{code}/enrolments":
            return Asked(path: path, body: #"{"person": "\#(person.code)"}"#, key: key)
        case "POST /api/v1/runs/{code}/admissions", "POST /api/v1/runs/{code}/helpers/{login}/end":
            return Asked(path: path, body: "{}", key: key)
        case "POST /api/v1/attestations/{code}/revocation":
            return Asked(path: path, body: #"{"motive": "Erreur"}"#, key: key)
        case "POST /runs/{code}/revocations":
            return question.form(["attestation": attestation, "motive": "why", "why": "Erreur"])
        case "POST /api/v1/sessions/{session}/sheets":
            return Asked(path: path, body: "%PDF-1.7 \(key)", key: key)
        case "POST /api/v1/sessions/{session}/corrections":
            return Asked(path: path, body: #"{"motive": "Erreur", "attendance": []}"#, key: key)
        case "POST /runs/{code}/sessions/{session}/corrections":
            return question.form(["correction_motive": "Erreur"])
        case "POST /api/v1/sessions/{session}/catch-ups":
            return Asked(
                path: path,
                body: #"{"person": "\#(person.code)", "status": "seen"}"#,
                key: key
            )
        case "POST /runs/{code}/sessions/{session}/catch-ups":
            return question.form(["person": person.code])
        case "POST /runs/{code}/sessions/{session}/search":
            return question.form(["guest": "Martin"])
        case "POST /api/v1/runs/{code}/seats":
            return Asked(path: path, body: #"{"seats": 8}"#, key: key)
        case "POST /api/v1/runs/{code}/helpers":
            return Asked(path: path, body: #"{"login": "admin", "part": "volunteer"}"#, key: key)
        case "POST /api/v1/runs/{code}/opening":
            return Asked(path: path, body: #"{"is_open": true}"#, key: key)
        case "POST /runs/{code}/opening": return question.form(["open": "yes"])
        case "POST /runs/{code}/seats": return question.form(["seats": "8"])
        case "POST /runs/{code}/helpers":
            return question.form(["login": "admin", "part": "volunteer"])
        case "POST /runs/{code}/withdrawals":
            return question.form(["person": person.code, "motive": "why", "why": "Déménagement"])
        case "POST /api/v1/runs/{code}/withdrawals":
            return Asked(
                path: path,
                body: #"{"person": "\#(person.code)", "motive": "Déménagement"}"#,
                key: key
            )
        case "POST /runs":
            return question.form([
                "shop": "RO", "structure": "Horizons", "facilitator": "admin", "code": "RO-2026-02",
                "course": "parents", "programme": "lille", "starts_on": today,
            ])
        case "POST /runs/{code}/enrolments": return question.form(["person": person.code])
        case "POST /runs/{code}/search": return question.form(["q": "Martin"])
        case "POST /runs/{code}/sessions":
            return question.form(["module": "1", "held_on": today, "delivered_minutes": "60"])
        default: return nil
        }
    }
}
