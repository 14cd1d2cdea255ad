// Made from schema/push_data.schema.json by `npm run types`; a test fails when it is stale.

export interface PushDataPayload {
  /**
   * List of access grants.
   */
  access_grants?: AccessGrant[] | undefined;
  /**
   * List of bookings.
   */
  bookings?: Booking[] | undefined;
  /**
   * List of buildings.
   */
  buildings?: Building[] | undefined;
  /**
   * List of shared common areas.
   */
  common_areas?: CommonArea[] | undefined;
  /**
   * Your unique identifier for the customer.
   */
  customer_key: string;
  /**
   * Identifier of the customization profile for this customer. Pass null to remove it.
   */
  customization_profile_id?: string | null | undefined;
  /**
   * List of gym or fitness facilities.
   */
  facilities?: Facility[] | undefined;
  /**
   * List of guests.
   */
  guests?: Guest[] | undefined;
  /**
   * List of property listings.
   */
  listings?: Listing[] | undefined;
  /**
   * Battery level, from 0 to 1, at or below which a low battery is reported for this customer's devices. Pass null to remove it.
   */
  low_battery_alert_threshold?: number | null | undefined;
  /**
   * List of short-term rental properties.
   */
  properties?: Property[] | undefined;
  /**
   * List of property listings.
   */
  property_listings?: PropertyListing[] | undefined;
  /**
   * List of reservations.
   */
  reservations?: Reservation[] | undefined;
  /**
   * List of residents.
   */
  residents?: Resident[] | undefined;
  /**
   * List of hotel or hospitality rooms.
   */
  rooms?: Room[] | undefined;
  /**
   * List of general sites or areas.
   */
  sites?: Site[] | undefined;
  /**
   * List of general spaces or areas.
   */
  spaces?: Space[] | undefined;
  /**
   * List of staff members.
   */
  staff_members?: StaffMember[] | undefined;
  /**
   * List of tenants.
   */
  tenants?: Tenant[] | undefined;
  /**
   * List of multi-family residential units.
   */
  units?: Unit[] | undefined;
  /**
   * List of user identities.
   */
  user_identities?: UserIdentity[] | undefined;
  /**
   * List of users.
   */
  users?: User[] | undefined;
}
export interface AccessGrant {
  /**
   * Your unique identifier for the access grant.
   */
  access_grant_key: string;
  /**
   * Building keys associated with the access grant.
   */
  building_keys?: string[] | undefined;
  /**
   * Common area keys associated with the access grant.
   */
  common_area_keys?: string[] | undefined;
  /**
   * Ending date and time for the access grant.
   */
  ends_at?: string | undefined;
  /**
   * Facility keys associated with the access grant.
   */
  facility_keys?: string[] | undefined;
  /**
   * Guest key associated with the access grant.
   */
  guest_key?: string | undefined;
  /**
   * Listing keys associated with the access grant.
   */
  listing_keys?: string[] | undefined;
  /**
   * Your name for this access grant resource.
   */
  name?: string | undefined;
  /**
   * Preferred PIN code to use when creating access for this reservation.
   */
  preferred_code?: string | undefined;
  /**
   * Property keys associated with the access grant.
   */
  property_keys?: string[] | undefined;
  /**
   * Resident key associated with the access grant.
   */
  resident_key?: string | undefined;
  /**
   * Room keys associated with the access grant.
   */
  room_keys?: string[] | undefined;
  /**
   * Space keys associated with the access grant.
   */
  space_keys?: string[] | undefined;
  /**
   * Starting date and time for the access grant.
   */
  starts_at?: string | undefined;
  /**
   * Tenant key associated with the access grant.
   */
  tenant_key?: string | undefined;
  /**
   * Unit keys associated with the access grant.
   */
  unit_keys?: string[] | undefined;
  /**
   * User identity key associated with the access grant.
   */
  user_identity_key?: string | undefined;
  /**
   * User key associated with the access grant.
   */
  user_key?: string | undefined;
}
export interface Booking {
  /**
   * Your unique identifier for the booking.
   */
  booking_key: string;
  /**
   * Building keys associated with the access grant.
   */
  building_keys?: string[] | undefined;
  /**
   * Common area keys associated with the access grant.
   */
  common_area_keys?: string[] | undefined;
  /**
   * Ending date and time for the access grant.
   */
  ends_at?: string | undefined;
  /**
   * Facility keys associated with the access grant.
   */
  facility_keys?: string[] | undefined;
  /**
   * Guest key associated with the access grant.
   */
  guest_key?: string | undefined;
  /**
   * Listing keys associated with the access grant.
   */
  listing_keys?: string[] | undefined;
  /**
   * Your name for this access grant resource.
   */
  name?: string | undefined;
  /**
   * Preferred PIN code to use when creating access for this reservation.
   */
  preferred_code?: string | undefined;
  /**
   * Property keys associated with the access grant.
   */
  property_keys?: string[] | undefined;
  /**
   * Resident key associated with the access grant.
   */
  resident_key?: string | undefined;
  /**
   * Room keys associated with the access grant.
   */
  room_keys?: string[] | undefined;
  /**
   * Space keys associated with the access grant.
   */
  space_keys?: string[] | undefined;
  /**
   * Starting date and time for the access grant.
   */
  starts_at?: string | undefined;
  /**
   * Tenant key associated with the access grant.
   */
  tenant_key?: string | undefined;
  /**
   * Unit keys associated with the access grant.
   */
  unit_keys?: string[] | undefined;
  /**
   * User identity key associated with the access grant.
   */
  user_identity_key?: string | undefined;
  /**
   * User key associated with the access grant.
   */
  user_key?: string | undefined;
}
export interface Building {
  /**
   * Your unique identifier for the building.
   */
  building_key: string;
  /**
   * Your display name for this location resource.
   */
  name: string;
}
export interface CommonArea {
  /**
   * Your unique identifier for the common area.
   */
  common_area_key: string;
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the site.
   */
  parent_site_key?: string | undefined;
}
export interface Facility {
  /**
   * Your unique identifier for the facility.
   */
  facility_key: string;
  /**
   * Your display name for this location resource.
   */
  name: string;
}
export interface Guest {
  /**
   * Email address associated with the user identity.
   */
  email_address?: string | undefined;
  /**
   * Your unique identifier for the guest.
   */
  guest_key: string;
  /**
   * Your display name for this user identity resource.
   */
  name: string;
  /**
   * Phone number associated with the user identity.
   */
  phone_number?: string | undefined;
}
export interface Listing {
  /**
   * Your unique identifier for the listing.
   */
  listing_key: string;
  /**
   * Your display name for this location resource.
   */
  name: string;
}
export interface Property {
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the property.
   */
  property_key: string;
}
export interface PropertyListing {
  /**
   * Set key:value pairs. Accepts string or Boolean values. Adding custom metadata to a property listing enables you to store custom information, like customer details or internal IDs from your application. Set a key to null or to an empty string to remove that key.
   */
  custom_metadata?: {
    [k: string]: string | boolean | null;
  } | undefined;
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the property listing.
   */
  property_listing_key: string;
}
export interface Reservation {
  /**
   * Building keys associated with the access grant.
   */
  building_keys?: string[] | undefined;
  /**
   * Common area keys associated with the access grant.
   */
  common_area_keys?: string[] | undefined;
  /**
   * Set key:value pairs for filtering reservations by custom criteria. Set a key to null or to an empty string to remove that key.
   */
  custom_metadata?: {
    [k: string]: string | boolean | null;
  } | undefined;
  /**
   * Ending date and time for the access grant.
   */
  ends_at?: string | undefined;
  /**
   * Facility keys associated with the access grant.
   */
  facility_keys?: string[] | undefined;
  /**
   * Guest key associated with the access grant.
   */
  guest_key?: string | undefined;
  /**
   * Listing keys associated with the access grant.
   */
  listing_keys?: string[] | undefined;
  /**
   * Your name for this access grant resource.
   */
  name?: string | undefined;
  /**
   * Preferred PIN code to use when creating access for this reservation.
   */
  preferred_code?: string | undefined;
  /**
   * Property keys associated with the access grant.
   */
  property_keys?: string[] | undefined;
  /**
   * Your unique identifier for the reservation.
   */
  reservation_key: string;
  /**
   * Resident key associated with the access grant.
   */
  resident_key?: string | undefined;
  /**
   * Room keys associated with the access grant.
   */
  room_keys?: string[] | undefined;
  /**
   * Space keys associated with the access grant.
   */
  space_keys?: string[] | undefined;
  /**
   * Starting date and time for the access grant.
   */
  starts_at?: string | undefined;
  /**
   * Tenant key associated with the access grant.
   */
  tenant_key?: string | undefined;
  /**
   * Unit keys associated with the access grant.
   */
  unit_keys?: string[] | undefined;
  /**
   * User identity key associated with the access grant.
   */
  user_identity_key?: string | undefined;
  /**
   * User key associated with the access grant.
   */
  user_key?: string | undefined;
}
export interface Resident {
  /**
   * Email address associated with the user identity.
   */
  email_address?: string | undefined;
  /**
   * Your display name for this user identity resource.
   */
  name: string;
  /**
   * Phone number associated with the user identity.
   */
  phone_number?: string | undefined;
  /**
   * Your unique identifier for the resident.
   */
  resident_key: string;
}
export interface Room {
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the site.
   */
  parent_site_key?: string | undefined;
  /**
   * Your unique identifier for the room.
   */
  room_key: string;
}
export interface Site {
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the site.
   */
  site_key: string;
}
export interface Space {
  /**
   * Reservation/stay-related defaults for the space (time zone, default check-in/out times, address).
   */
  customer_data?: {
    /**
     * Postal address for the space.
     */
    address?: string | null | undefined;
    /**
     * Default check-in time for reservations at the space, as HH:mm or HH:mm:ss.
     */
    default_checkin_time?: string | null | undefined;
    /**
     * Default check-out time for reservations at the space, as HH:mm or HH:mm:ss.
     */
    default_checkout_time?: string | null | undefined;
    /**
     * IANA time zone for the space, e.g. America/Los_Angeles.
     */
    time_zone?: string | null | undefined;
  } | undefined;
  /**
   * Default duration of this space in minutes, when the space represents a fixed-length bookable slot (e.g. an appointment type). Used to interpret reservations booked against this space.
   */
  duration_minutes?: number | undefined;
  /**
   * Geographic coordinates (latitude and longitude) of the space.
   */
  geolocation?: {
    /**
     * Latitude of the space, in decimal degrees.
     */
    latitude: number;
    /**
     * Longitude of the space, in decimal degrees.
     */
    longitude: number;
  } | undefined;
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the site.
   */
  parent_site_key?: string | undefined;
  /**
   * Your unique identifier for the space.
   */
  space_key: string;
}
/**
 * Represents a staff member for a specific customer.
 */
export interface StaffMember {
  /**
   * List of unique identifiers for the buildings the staff member is associated with.
   */
  building_keys?: string[] | undefined;
  /**
   * List of unique identifiers for the common areas the staff member is associated with.
   */
  common_area_keys?: string[] | undefined;
  /**
   * Email address associated with the user identity.
   */
  email_address?: string | undefined;
  /**
   * List of unique identifiers for the facilities the staff member is associated with.
   */
  facility_keys?: string[] | undefined;
  /**
   * List of unique identifiers for the listings the staff member is associated with.
   */
  listing_keys?: string[] | undefined;
  /**
   * Your display name for this user identity resource.
   */
  name: string;
  /**
   * Phone number associated with the user identity.
   */
  phone_number?: string | undefined;
  /**
   * List of unique identifiers for the properties the staff member is associated with.
   */
  property_keys?: string[] | undefined;
  /**
   * List of unique identifiers for the property listings the staff member is associated with.
   */
  property_listing_keys?: string[] | undefined;
  /**
   * List of unique identifiers for the rooms the staff member is associated with.
   */
  room_keys?: string[] | undefined;
  /**
   * List of unique identifiers for the sites the staff member is associated with.
   */
  site_keys?: string[] | undefined;
  /**
   * List of unique identifiers for the spaces the staff member is associated with.
   */
  space_keys?: string[] | undefined;
  /**
   * Your unique identifier for the staff.
   */
  staff_member_key: string;
  /**
   * List of unique identifiers for the units the staff member is associated with.
   */
  unit_keys?: string[] | undefined;
}
export interface Tenant {
  /**
   * Email address associated with the user identity.
   */
  email_address?: string | undefined;
  /**
   * Your display name for this user identity resource.
   */
  name: string;
  /**
   * Phone number associated with the user identity.
   */
  phone_number?: string | undefined;
  /**
   * Your unique identifier for the tenant.
   */
  tenant_key: string;
}
export interface Unit {
  /**
   * Your display name for this location resource.
   */
  name: string;
  /**
   * Your unique identifier for the site.
   */
  parent_site_key?: string | undefined;
  /**
   * Your unique identifier for the unit.
   */
  unit_key: string;
}
export interface UserIdentity {
  /**
   * Email address associated with the user identity.
   */
  email_address?: string | undefined;
  /**
   * Your display name for this user identity resource.
   */
  name: string;
  /**
   * Phone number associated with the user identity.
   */
  phone_number?: string | undefined;
  /**
   * Your unique identifier for the user identity.
   */
  user_identity_key: string;
}
export interface User {
  /**
   * Email address associated with the user identity.
   */
  email_address?: string | undefined;
  /**
   * Your display name for this user identity resource.
   */
  name: string;
  /**
   * Phone number associated with the user identity.
   */
  phone_number?: string | undefined;
  /**
   * Your unique identifier for the user.
   */
  user_key: string;
}

/** Members that are numbers, wherever they are. */
export const NUMBERS: readonly string[] = [
  "duration_minutes",
  "latitude",
  "longitude",
  "low_battery_alert_threshold",
];

/** Members that are a date and time with an offset. */
export const DATE_TIMES: readonly string[] = [
  "ends_at",
  "starts_at",
];

/** The collections of a payload. */
export const KINDS: readonly string[] = [
  "access_grants",
  "bookings",
  "buildings",
  "common_areas",
  "facilities",
  "guests",
  "listings",
  "properties",
  "property_listings",
  "reservations",
  "residents",
  "rooms",
  "sites",
  "spaces",
  "staff_members",
  "tenants",
  "units",
  "user_identities",
  "users",
];

/** The resource of each collection. */
export interface Resources {
  access_grants: AccessGrant;
  bookings: Booking;
  buildings: Building;
  common_areas: CommonArea;
  facilities: Facility;
  guests: Guest;
  listings: Listing;
  properties: Property;
  property_listings: PropertyListing;
  reservations: Reservation;
  residents: Resident;
  rooms: Room;
  sites: Site;
  spaces: Space;
  staff_members: StaffMember;
  tenants: Tenant;
  units: Unit;
  user_identities: UserIdentity;
  users: User;
}

/** A collection of a payload, such as `"reservations"`. */
export type Kind = keyof Resources;
