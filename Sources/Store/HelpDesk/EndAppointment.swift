import Postgres
public import Shop

extension Store {
    /// Cancels an appointment, with a motive: its time is free again. Throws `appointmentUnknown`, `appointmentEnded`.
    public func cancelAppointment(
        _ id: ID<Appointment>,
        for motive: CancellationMotive,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AppointmentChanged {
        struct Input: Encodable, Sendable {
            let appointment: ID<Appointment>
            let motive: CancellationMotive
        }
        let input = Input(appointment: id, motive: motive)
        return try await changingAppointment("cancel-appointment", id, key: key, input, by: staff) {
            tx,
            seen,
            now in
            let found = try tx.lockAppointment(id, after: seen)
            try found.checkOpen()
            try tx.execute(found.ends(.cancelled, for: motive, by: staff, at: now))
            return AppointmentChanged(
                appointment: id,
                plannedOn: found.time.plannedOn,
                state: .cancelled
            )
        }
    }

    /// Writes down that somebody did not come, or came to buy: what is received at the help desk is a visit, which
    /// `recordVisit` writes down. Throws `appointmentUnknown`, `appointmentEnded`, and `appointmentNotYet` before its day.
    public func endAppointment(
        _ id: ID<Appointment>,
        came: Bool,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AppointmentChanged {
        struct Input: Encodable, Sendable {
            let appointment: ID<Appointment>
            let came: Bool
        }
        let input = Input(appointment: id, came: came)
        return try await changingAppointment("end-appointment", id, key: key, input, by: staff) {
            tx,
            seen,
            now in
            let found = try tx.lockAppointment(id, after: seen)
            try found.checkOpen()
            guard found.time.plannedOn <= now.day else {
                throw Refusal(.appointmentNotYet, found.time.facts)
            }
            let state: AppointmentState = came ? .came : .missed
            try tx.execute(found.ends(state, by: staff, at: now))
            return AppointmentChanged(
                appointment: id,
                plannedOn: found.time.plannedOn,
                state: state
            )
        }
    }
}
